// `/replylint`: tells the one who asks how many messages were checked, and how many could not be.
import { IHttp, IModify, IRead } from '@rocket.chat/apps-engine/definition/accessors';
import { ISlashCommand, SlashCommandContext } from '@rocket.chat/apps-engine/definition/slashcommands';

import { tally } from './tally';

export class CountsCommand implements ISlashCommand {
    public command = 'replylint';
    public i18nParamsExample = '';
    public i18nDescription = 'How many messages replylint has checked';
    public providesPreview = false;

    public async executor(context: SlashCommandContext, read: IRead, modify: IModify, _http: IHttp): Promise<void> {
        const { fine, heldBack, sentAnyway, unchecked, lastReason, lastAt } = await tally(read);
        const why = unchecked > 0 ? ` The last one, at ${lastAt}: ${lastReason}` : '';
        const text = `Fine: ${fine}. Held back: ${heldBack}. Sent as they were: ${sentAnyway}. Not checked: ${unchecked}.${why}`;
        const message = modify.getNotifier().getMessageBuilder().setRoom(context.getRoom()).setText(text).getMessage();
        await modify.getNotifier().notifyUser(context.getSender(), message);
    }
}
