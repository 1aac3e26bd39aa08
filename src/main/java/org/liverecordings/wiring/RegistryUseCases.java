package org.liverecordings.wiring;

import java.time.InstantSource;

import jakarta.inject.Singleton;

import org.liverecordings.recording.list.RegistryListRecordings;
import org.liverecordings.recording.pause.RegistryPauseRecording;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.start.RegistryStartRecording;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.store.PendingStops;

/** The use cases over a recorder that is told ids: registry and lines decide here. */
@Singleton
class RegistryUseCases {

    private final Stores stores;
    private final RequestTime requestTime;
    private final Reconciliation reconciliation;

    RegistryUseCases(Stores stores, RequestTime requestTime, Reconciliation reconciliation) {
        this.stores = stores;
        this.requestTime = requestTime;
        this.reconciliation = reconciliation;
    }

    /**
     * @param registryIsItsTruth whether the recorder knows no more of its recordings than the registry does
     */
    UseCases over(CallRecorder recorder, boolean registryIsItsTruth) {
        InstantSource clock = InstantSource.system();
        PendingStops pending = stores.pendingStops(null);
        reconciliation.schedule(recorder, pending, registryIsItsTruth);
        return new UseCases(
                new RegistryStartRecording(
                        stores.registry(), stores.lines(), recorder, stores.unitOfWork(), stores.trail(), clock),
                new RegistryStopRecording(
                        stores.registry(),
                        stores.lines(),
                        recorder,
                        pending,
                        stores.unitOfWork(),
                        stores.trail(),
                        requestTime.longest(),
                        clock),
                new RegistryPauseRecording(
                        stores.registry(), stores.lines(), recorder, stores.unitOfWork(), stores.trail()),
                new RegistryListRecordings(stores.registry(), stores.lines(), clock));
    }
}
