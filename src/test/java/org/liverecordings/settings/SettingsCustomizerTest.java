package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.liverecordings.api.signin.bearer.SignInList;

class SettingsCustomizerTest {

    /** One that is missing there would count as unknown. */
    @Test
    void theListsThatNoMappingReadsAreThoseOfSignIn() {
        assertEquals(
                Stream.of(SignInList.values()).map(SignInList::setting).toList(),
                SettingsCustomizer.SIGN_IN_LISTS.stream()
                        .map(list -> SettingsCustomizer.SIGN_IN + list)
                        .toList());
    }
}
