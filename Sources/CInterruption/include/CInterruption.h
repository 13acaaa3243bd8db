#pragma once

/// Takes over SIGINT and SIGTERM. The first asks the program to stop; the second ends it at once, with this status.
///
/// Returns a descriptor that can be read once a stop is asked for and is never read from, the same one whenever
/// it is called; -1 with `errno` where the system has no pipe left.
int cinterruption_begin(int status);

/// Whether somebody asked to stop.
int cinterruption_is_asked(void);
