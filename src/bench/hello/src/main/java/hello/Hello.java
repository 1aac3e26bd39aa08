package hello;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;

/** Answers 204 and does nothing else. */
@Path("/hello")
public class Hello {

    @DELETE
    public void hello() {}
}
