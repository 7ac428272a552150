/*
 * Read first by every file of ours that goes into the loadable extension: there
 * SQLite's functions are those of the program that loads it.
 */
#ifndef ENGINE_SQLITE_EXTENSION_H
#define ENGINE_SQLITE_EXTENSION_H

#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT3

#endif
