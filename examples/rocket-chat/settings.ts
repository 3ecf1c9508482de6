// What an administrator sets under Administration > Apps > replylint > Settings.
import { IRead } from '@rocket.chat/apps-engine/definition/accessors';
import { ISetting, SettingType } from '@rocket.chat/apps-engine/definition/settings';

import { Level } from './linter';

const setting = (id: string, type: SettingType, packageValue: unknown, i18nLabel: string, i18nDescription: string): ISetting =>
    ({ id, type, packageValue, i18nLabel, i18nDescription, required: false, public: false });

export const provided: Array<ISetting> = [
    setting('url', SettingType.STRING, 'http://127.0.0.1:8081', 'Address of replylint', 'Where `replylint serve` listens.'),
    setting('token', SettingType.PASSWORD, '', 'Token', 'The token that the server wants, if it wants one.'),
    {
        ...setting('level', SettingType.SELECT, 'warning', 'Hold back from', 'Findings of this level and above keep a message from being sent.'),
        values: ['advice', 'warning', 'error'].map((key) => ({ key, i18nLabel: key })),
    },
    setting('word', SettingType.STRING, '!!', 'Send anyway', 'A message that begins with this is sent as it is, without it.'),
    setting('rooms', SettingType.STRING, '', 'More rooms', 'Names of rooms that customers read, with commas between. Omnichannel is always checked.'),
    setting('language', SettingType.STRING, '', 'Language', 'Such as en; when empty, that of each message is detected.'),
];

export class Settings {
    private constructor(
        public readonly url: string,
        public readonly token: string,
        public readonly level: Level,
        public readonly word: string,
        public readonly rooms: Array<string>,
        public readonly language: string,
    ) {}

    public static async from(read: IRead): Promise<Settings> {
        const settings = read.getEnvironmentReader().getSettings();
        const [url, token, level, word, rooms, language] = await Promise.all(provided.map(async ({ id }) => String((await settings.getValueById(id)) ?? '').trim()));
        const names = rooms.split(',').map((name) => name.trim().replace(/^#/, ''));
        return new Settings(url.replace(/\/+$/, ''), token, level as Level, word, names.filter(Boolean), language);
    }

    // Without a word nothing is sent as it is.
    public asItIs(text = ''): boolean {
        return this.word !== '' && text.startsWith(this.word);
    }
}
