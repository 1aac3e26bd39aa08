package org.liverecordings.wiring;

import java.time.InstantSource;

import jakarta.inject.Singleton;

import org.liverecordings.recorder.GuardConfig;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.list.RegistryListRecordings;
import org.liverecordings.recording.pause.RegistryPauseRecording;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.start.RegistryStartRecording;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.store.StopLeases;

/** The use cases over a recorder that is told ids: registry and lines decide here. */
@Singleton
class RegistryUseCases {

    private final Stores stores;
    private final GuardConfig guard;
    private final Reconciliation reconciliation;

    RegistryUseCases(Stores stores, GuardConfig guard, Reconciliation reconciliation) {
        this.stores = stores;
        this.guard = guard;
        this.reconciliation = reconciliation;
    }

    /**
     * @param registryIsItsTruth whether the recorder knows no more of its recordings than the registry does
     */
    UseCases over(CallRecorder recorder, boolean registryIsItsTruth) {
        InstantSource clock = InstantSource.system();
        AuditedRequests requests = stores.requests();
        StopLeases leases = stores.leases(true);
        reconciliation.schedule(recorder, leases, registryIsItsTruth);
        return new UseCases(
                new RegistryStartRecording(stores.registry(), stores.lines(), recorder, requests, clock),
                new RegistryStopRecording(
                        stores.registry(),
                        stores.lines(),
                        recorder,
                        leases,
                        stores.unitOfWork(),
                        requests,
                        guard.deadline(),
                        clock),
                new RegistryPauseRecording(stores.registry(), stores.lines(), recorder, requests),
                new RegistryListRecordings(stores.registry(), stores.lines(), clock));
    }
}
