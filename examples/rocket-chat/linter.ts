// What replylint says of a message, or why it could not say anything.
import { IHttp } from '@rocket.chat/apps-engine/definition/accessors';
import { IMessage } from '@rocket.chat/apps-engine/definition/messages';

import { Settings } from './settings';

// How long a customer may wait for the linter.
const MILLISECONDS = 2000;

const LEVELS = ['advice', 'warning', 'error'] as const;

export type Level = (typeof LEVELS)[number];

export interface Finding {
    level: Level;
    /** What was found, without markup; null when something is missing, such as a greeting. */
    matched: string | null;
    why: string;
    prefer: Array<string>;
}

export interface Review {
    verdict: 'pass' | Level;
    findings: Array<Finding>;
}

export async function ask(message: IMessage, settings: Settings, http: IHttp): Promise<{ review: Review } | { unchecked: string }> {
    try {
        const { statusCode, content, data } = await http.post(`${settings.url}/v1/check`, {
            data: {
                text: message.text,
                format: 'markdown',
                channel: 'chat',
                agent: message.sender.name,
                ...(settings.language && { language: settings.language }),
            },
            headers: settings.token ? { Authorization: `Bearer ${settings.token}` } : {},
            timeout: MILLISECONDS,
        });
        const answer = data ?? JSON.parse(content ?? '');
        // Any other status means that nobody looked at the message; it is never "no findings".
        if (statusCode !== 200 || !Array.isArray(answer?.findings)) {
            return { unchecked: `the server answered ${statusCode} ${answer?.error?.message ?? ''}`.trim() };
        }
        return { review: answer };
    } catch (error) {
        return { unchecked: error instanceof Error ? error.message : String(error) };
    }
}

export function heldBackBy(review: Review, level: Level): Array<Finding> {
    return review.findings.filter((finding) => LEVELS.indexOf(finding.level) >= LEVELS.indexOf(level));
}
