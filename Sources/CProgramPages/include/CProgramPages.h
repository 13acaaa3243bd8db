// The memory in which the system keeps this program's own code and constants.
#ifndef CPROGRAMPAGES_H
#define CPROGRAMPAGES_H

/// Takes the program's code and constants out of memory; what is needed again comes back by itself, from the system's
/// file cache.
///
/// A program that reads for a long time begins with much that it needs only once: relocations, the command line, tables.
/// Where the system offers no way, nothing happens.
void programpages_release(void);

#endif
