// What the agent is told. Rocket.Chat has emptied the input by then, so the message comes along.
import { Finding } from './linter';

export function notice(findings: Array<Finding>, text = '', word: string): string {
    const lines = findings.map(({ matched, why, prefer }) => {
        const wordings = prefer.map((wording) => `_${wording}_`).join(' or ');
        return `• ${matched ? `“${matched}”: ` : ''}${why}${wordings && ` Say instead: ${wordings}`}`;
    });
    const anyway = word && `\nTo send it as it is, begin it with ${word}`;
    return `Not sent, for the customer would read:\n${lines.join('\n')}${anyway}\nYour message:\n\`\`\`\n${text}\n\`\`\``;
}
