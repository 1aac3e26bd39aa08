package org.liverecordings.database;

/**
 * How the database and the connections to it are.
 *
 * @param isUp false from when it didn't answer, or could only be read, until it answers again
 * @param inUse connections in use
 * @param awaited pieces of work that wait for a connection
 * @param limit how many connections may be in use at a time
 */
public record DatabaseState(boolean isUp, int inUse, int awaited, int limit) {}
