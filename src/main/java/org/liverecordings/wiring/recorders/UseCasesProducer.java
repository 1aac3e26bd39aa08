package org.liverecordings.wiring.recorders;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.liverecordings.recording.list.ListRecordingsUseCase;
import org.liverecordings.recording.pause.PauseRecordingUseCase;
import org.liverecordings.recording.start.StartRecordingUseCase;
import org.liverecordings.recording.stop.StopRecordingUseCase;
import org.liverecordings.wiring.LiveRecordingsConfig;

/** Which recorder is told what: {@code live-recordings.recorder}. */
class UseCasesProducer {

    @Produces
    @Singleton
    UseCases useCases(
            LiveRecordingsConfig config,
            Instance<EmbeddedRecorder> embedded,
            Instance<ImagicleSuite> imagicle,
            Instance<AsteriskRecorder> asterisk,
            TimerJobs timers) {
        UseCases useCases = switch (config.recorder()) {
            case EMBEDDED -> embedded.get().useCases();
            case IMAGICLE -> imagicle.get().useCases();
            case ASTERISK -> asterisk.get().useCases();
        };
        timers.schedule(useCases);
        return useCases;
    }

    @Produces
    @Singleton
    StartRecordingUseCase startRecording(UseCases useCases) {
        return useCases.start();
    }

    @Produces
    @Singleton
    StopRecordingUseCase stopRecording(UseCases useCases) {
        return useCases.stop();
    }

    @Produces
    @Singleton
    PauseRecordingUseCase pauseRecording(UseCases useCases) {
        return useCases.pause();
    }

    @Produces
    @Singleton
    ListRecordingsUseCase listRecordings(UseCases useCases) {
        return useCases.list();
    }
}
