/** What a mail says, before it becomes text and HTML. Every paragraph is plain text. */
export interface EmailTemplate {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
  /** What follows the link. */
  readonly closing?: readonly string[];
}

export interface MailBody {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail as text and as HTML, signed with the name of the organization. */
export function composeMail(template: EmailTemplate, organization: string): MailBody {
  const { link } = template;
  const subject = oneLine(template.subject);
  const before = template.paragraphs.map(oneLine);
  const after = [...(template.closing ?? []), organization].map(oneLine);
  return {
    subject,
    text: [...before, ...(link ? [`${link.label}:\n${link.url}`] : []), ...after].join('\n\n'),
    html: page(subject, [
      ...before.map(paragraph),
      ...(link ? [button(link.label, link.url)] : []),
      ...after.slice(0, -1).map(paragraph),
      `<p class="quiet">${escapeHtml(after.at(-1)!)}</p>`,
    ]),
  };
}

/** Removes line breaks and bidirectional marks, so that a name cannot change the look of what follows it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** A button, and its address as text: people check it, and some mail programs show no buttons. */
function button(label: string, url: string): string {
  const href = escapeHtml(url);
  return `<p><a class="button" href="${href}">${escapeHtml(label)}</a></p>
<p class="quiet">${href}</p>`;
}

/** Readable without styles, which some mail programs drop. It loads nothing from elsewhere. */
function page(subject: string, blocks: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; background: #ffffff; color: #18181b; }
div { max-width: 560px; margin: 0 auto; font: 16px/1.5 system-ui, sans-serif; }
p { margin: 0 0 16px; overflow-wrap: anywhere; }
.button { display: inline-block; padding: 10px 20px; border-radius: 6px; background: #1d4ed8; color: #ffffff;
  font-weight: 600; text-decoration: none; }
.quiet { color: #52525b; font-size: 14px; }
@media (prefers-color-scheme: dark) {
  body { background: #18181b; color: #f4f4f5; }
  .quiet { color: #a1a1aa; }
}
</style>
</head>
<body>
<div>
${blocks.join('\n')}
</div>
</body>
</html>
`;
}
