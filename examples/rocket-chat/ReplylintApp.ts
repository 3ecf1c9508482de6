// Stands in front of Send: what an agent writes to a customer is shown to `replylint serve`, and a
// message with findings is not sent. The agent alone sees why, and what to say instead.
//
// A message that cannot be checked is sent: a linter that is down must keep nobody from answering.
// It is counted, and `/replylint` tells how often that was.
import { IAppAccessors, IConfigurationExtend, IHttp, ILogger, IMessageBuilder, IPersistence, IRead } from '@rocket.chat/apps-engine/definition/accessors';
import { App } from '@rocket.chat/apps-engine/definition/App';
import { IMessage, IPreMessageSentModify, IPreMessageSentPrevent } from '@rocket.chat/apps-engine/definition/messages';
import { IAppInfo } from '@rocket.chat/apps-engine/definition/metadata';
import { IRoom, RoomType } from '@rocket.chat/apps-engine/definition/rooms';
import { IUser, UserType } from '@rocket.chat/apps-engine/definition/users';

import { CountsCommand } from './CountsCommand';
import { ask, heldBackBy } from './linter';
import { notice } from './notice';
import { Settings, provided } from './settings';
import { Outcome, count } from './tally';

export class ReplylintApp extends App implements IPreMessageSentPrevent, IPreMessageSentModify {
    constructor(info: IAppInfo, logger: ILogger, accessors: IAppAccessors) {
        super(info, logger, accessors);
    }

    protected async extendConfiguration(configuration: IConfigurationExtend): Promise<void> {
        await Promise.all(provided.map((setting) => configuration.settings.provideSetting(setting)));
        await configuration.slashCommands.provideSlashCommand(new CountsCommand());
    }

    public async checkPreMessageSentPrevent(message: IMessage, read: IRead): Promise<boolean> {
        return isForCustomers(message, await Settings.from(read));
    }

    public async executePreMessageSentPrevent(message: IMessage, read: IRead, http: IHttp, persistence: IPersistence): Promise<boolean> {
        const settings = await Settings.from(read);
        if (settings.asItIs(message.text)) {
            await this.count(read, persistence, 'sentAnyway');
            return false;
        }
        const answer = await ask(message, settings, http);
        if ('unchecked' in answer) {
            this.getLogger().warn(`A message was sent unchecked: ${answer.unchecked}`);
            await this.count(read, persistence, 'unchecked', answer.unchecked);
            return false;
        }
        const findings = heldBackBy(answer.review, settings.level);
        await this.count(read, persistence, findings.length > 0 ? 'heldBack' : 'fine');
        if (findings.length === 0) {
            return false;
        }
        await tell(read, message.sender, message.room, notice(findings, message.text, settings.word));
        return true;
    }

    // Nothing is decided by the numbers, so a message must not fail with them.
    private async count(read: IRead, persistence: IPersistence, outcome: Outcome, reason?: string): Promise<void> {
        try {
            await count(read, persistence, outcome, reason);
        } catch (error) {
            this.getLogger().error(`A message was not counted: ${error}`);
        }
    }

    public async checkPreMessageSentModify(message: IMessage, read: IRead): Promise<boolean> {
        const settings = await Settings.from(read);
        return isForCustomers(message, settings) && settings.asItIs(message.text);
    }

    // The word was meant for us, and not for the customer.
    public async executePreMessageSentModify(message: IMessage, builder: IMessageBuilder, read: IRead): Promise<IMessage> {
        const { word } = await Settings.from(read);
        return builder.setText((message.text ?? '').slice(word.length).trimStart()).getMessage();
    }
}

// What customers and bots write is not ours to judge, and neither is what agents tell each other.
function isForCustomers(message: IMessage, settings: Settings): boolean {
    const { room, sender, text } = message;
    const read = room.type === RoomType.LIVE_CHAT || settings.rooms.includes(room.slugifiedName);
    return Boolean(text?.trim()) && sender.type === UserType.USER && read;
}

async function tell(read: IRead, user: IUser, room: IRoom, text: string): Promise<void> {
    const notifier = read.getNotifier();
    await notifier.notifyUser(user, notifier.getMessageBuilder().setRoom(room).setText(text).getMessage());
}
