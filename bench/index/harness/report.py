"""Turns measurements into rows: medians of paired ratios, an interval, pass or FAIL."""

import random
import statistics

PASS, FAIL, SHOWN = "pass", "FAIL", "shown"


def interval(values):
    """95 % bootstrap interval of the median; below five values their range. Seeded: the same
    measurements give the same interval."""
    if len(values) < 5:
        return min(values), max(values)
    chance = random.Random(1)
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _ in range(4000))
    return medians[100], medians[3899]


class Row:
    """One line of the table."""

    def __init__(self, name, unit, target=None, at_most=None, exactly=None, at_least=None):
        self.name, self.unit, self.target = name, unit, target
        self.at_most, self.exactly, self.at_least = at_most, exactly, at_least
        self.values, self.troubles, self.columns = [], [], {}

    def add(self, value, **columns):
        self.values.append(value)
        for name, number in columns.items():
            self.columns.setdefault(name, []).append(number)

    def trouble(self, sentence):
        if sentence and sentence not in self.troubles:
            self.troubles.append(sentence)

    @property
    def median(self):
        return statistics.median(self.values) if self.values else None

    @property
    def status(self):
        if self.troubles or not self.values:
            return FAIL
        if self.exactly is not None:
            return PASS if all(value == self.exactly for value in self.values) else FAIL
        if self.at_least is not None and self.median < self.at_least:
            return FAIL
        if self.at_most is not None and self.median > self.at_most:
            return FAIL
        return PASS if self.target else SHOWN

    def as_json(self):
        low, high = interval(self.values) if self.values else (None, None)
        return {"name": self.name, "unit": self.unit, "target": self.target, "status": self.status,
                "median": self.median, "interval": [low, high], "n": len(self.values),
                "values": self.values, "columns": self.columns, "troubles": self.troubles}


def figure(number):
    if number is None:
        return "-"
    if number == int(number) and abs(number) < 1e6:
        return str(int(number))
    return f"{number:.2f}" if abs(number) < 100 else f"{number:.0f}"


def table(rows):
    lines = ["| row | unit | median | interval | n | target | | what else was seen (medians) |",
             "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        low, high = interval(row.values) if row.values else (None, None)
        seen = ", ".join(f"{name.replace('_', ' ')} {figure(statistics.median(numbers))}"
                         for name, numbers in row.columns.items())
        seen = "; ".join(row.troubles + [seen] if seen else row.troubles)
        seen = seen.replace("|", "\\|").replace("\n", " ")
        lines.append(f"| {row.name} | {row.unit} | {figure(row.median)} | {figure(low)} to "
                     f"{figure(high)} | {len(row.values)} | {row.target or '-'} | {row.status} | {seen} |")
    return "\n".join(lines)


def markdown(document, rows):
    judged = [row for row in rows if row.status != SHOWN]
    failed = [row for row in judged if row.status == FAIL]
    lines = [f"# bench/index, {document['date']}, {document['mode']}", "",
             f"{len(judged) - len(failed)} of {len(judged)} judged rows pass. Commit "
             f"{document['commit']}; how to read this: bench/README.md. Raw figures: the .json beside it.",
             ""]
    lines += [f"- {name}: {value}" for name, value in document["machine"].items()]
    lines += [f"- {name}: {value}" for name, value in document["inputs"].items()]
    return "\n".join([*lines, "", table(rows), ""])
