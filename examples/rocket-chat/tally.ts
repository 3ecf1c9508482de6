// How many messages were fine, held back, sent anyway or not checked at all, and why the last of
// those was not. Two messages at the same moment may count as one.
import { IPersistence, IRead } from '@rocket.chat/apps-engine/definition/accessors';
import { RocketChatAssociationModel, RocketChatAssociationRecord } from '@rocket.chat/apps-engine/definition/metadata';

const KEPT_UNDER = new RocketChatAssociationRecord(RocketChatAssociationModel.MISC, 'tally');

export type Outcome = 'fine' | 'heldBack' | 'sentAnyway' | 'unchecked';

export interface Tally extends Record<Outcome, number> {
    lastReason?: string;
    lastAt?: string;
}

export async function tally(read: IRead): Promise<Tally> {
    const [kept] = await read.getPersistenceReader().readByAssociation(KEPT_UNDER);
    return { fine: 0, heldBack: 0, sentAnyway: 0, unchecked: 0, ...kept };
}

export async function count(read: IRead, persistence: IPersistence, outcome: Outcome, reason?: string): Promise<void> {
    const kept = await tally(read);
    kept[outcome] += 1;
    if (reason) {
        Object.assign(kept, { lastReason: reason, lastAt: new Date().toISOString() });
    }
    await persistence.updateByAssociation(KEPT_UNDER, kept, true);
}
