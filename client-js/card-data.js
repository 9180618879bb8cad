// What a card shows, made where the key is: on your server, when an article is published.

const TIERS = ["near_verbatim", "same_script"];
const MOST = 3;

/**
 * The card of a check: what it repeats, the best first. Only what everybody may see is in it: no precedent that is private
 * to an organisation, withdrawn or undated, no scores, no ids. Looks each precedent up, which needs the scope `read`.
 * `precedents`: the ids of those to be shown, where somebody chose them; `most`: how many at most.
 */
export async function cardOfCheck(refrain, check, { precedents = null, most = MOST, ...options } = {}) {
  const chosen = check.matches.filter(
    (one) => (precedents ? precedents.includes(one.precedent.id) : one.relation === "repeats" && TIERS.includes(one.tier)),
  );
  const shown = [];
  for (const { precedent } of chosen) {
    if (shown.length >= most) break;
    const now = await refrain.statements.get(precedent.id, options);
    if (isPublic(now)) shown.push(now);
  }
  return card(check, check.language.code, shown);
}

/** The card of a statement of the archive: its precedents. Throws where the statement itself is private or withdrawn. */
export async function cardOfStatement(refrain, id, { most = MOST, ...options } = {}) {
  const statement = await refrain.statements.get(id, options);
  if (statement.private || statement.withdrawn) throw new RangeError("a private or withdrawn statement has no card");
  const { precedents } = await refrain.statements.relations(id, options);
  const shown = precedents.filter((one) => TIERS.includes(one.tier) && isPublic(one.statement)).slice(0, most);
  return card(statement, statement.language, shown.map((one) => one.statement));
}

/** HTML with a card in it, for your template: text from elsewhere can end neither the script nor begin a comment. */
export function cardHtml(card) {
  const json = JSON.stringify(card).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return `<refrain-card><script type="application/json">${json}</script></refrain-card>`;
}

function isPublic(statement) {
  return !statement.private && !statement.withdrawn && statement.said_at !== null;
}

function card({ text, speaker, said_at }, language, precedents) {
  return {
    version: 1,
    statement: { text, language, speaker, said_at },
    precedents: precedents.map((one) => ({
      text: one.text,
      language: one.language,
      speaker: one.speaker,
      said_at: one.said_at,
      source: { name: one.source.name, url: one.source.archive_url ?? one.source.url },
      findings: one.findings.map(({ verdict, publisher, url, published_at }) => ({ verdict, publisher, url, published_at })),
    })),
  };
}
