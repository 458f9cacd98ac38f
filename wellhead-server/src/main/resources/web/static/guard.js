// Lets htmx, and nothing else, make markup out of text: out of answers of this server alone.
// What the server sends is escaped there. htmx is not let to run text as code.
(() => {
  const refused = function () {
    throw new Error("text is not run as code here");
  };
  const policy = globalThis.trustedTypes
    ? trustedTypes.createPolicy("htmx", { createHTML: (text) => text })
    : { createHTML: (text) => text };
  htmx.registerExtension("guard", {
    init: (api) =>
      api.initSecurity({ createHTML: (text) => policy.createHTML(text), createScript: refused }, refused, refused),
  });
})();
