package org.liverecordings.api.signin.basic;

/** What somebody signs in with, and from which address. */
record Credentials(String name, String password, String address) {

    /** Without the password: records print what they hold. */
    @Override
    public String toString() {
        return name + "@" + address;
    }
}
