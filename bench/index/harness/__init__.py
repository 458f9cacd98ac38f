"""The parts of bench/index/run: inputs, servers, load, rows, report."""
