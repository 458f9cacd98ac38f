package dev.wellhead.server.firewall;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.feeds.FeedListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets what a feed changes be judged again.
public final class FeedEcho implements FeedListener {
  private static final Logger LOG = LoggerFactory.getLogger(FeedEcho.class);

  private volatile @Nullable Firewall firewall;

  /// Feeds are opened before the firewall that asks them.
  public void hearsFor(Firewall opened) {
    firewall = opened;
  }

  @Override
  public void touched(Set<ProjectName> projects) {
    Firewall judge = firewall;
    if (judge == null) {
      return; // nothing was judged yet
    }
    try {
      judge.touch(projects);
    } catch (DatabaseFault e) {
      LOG.error("what a feed changed of {} projects may hold late", projects.size(), e);
      touchedAll();
    }
  }

  @Override
  public void touchedAll() {
    Firewall judge = firewall;
    if (judge == null) {
      return;
    }
    try {
      judge.touchAll();
    } catch (DatabaseFault e) {
      LOG.error("what a feed changed may hold late", e);
    }
  }
}
