import type { CallOptions, CheckOut, Refrain } from "./refrain.js";

export interface CardFinding {
  verdict: string;
  publisher: string | null;
  url: string | null;
  published_at: string | null;
}

export interface CardStatement {
  text: string;
  language: string;
  speaker: string | null;
  said_at: string | null;
}

export interface CardPrecedent extends CardStatement {
  said_at: string;
  source: { name: string | null; url: string | null };
  findings: CardFinding[];
}

/** What a card shows, as JSON. */
export interface Card {
  version: 1;
  statement: CardStatement;
  precedents: CardPrecedent[];
}

export interface CardOptions extends CallOptions {
  /** How many precedents at most; 3 where nothing is said. */
  most?: number;
}

/** The card of a check; `precedents`: the ids of those to be shown, where somebody chose them. */
export declare function cardOfCheck(
  refrain: Refrain, check: CheckOut, options?: CardOptions & { precedents?: readonly string[] | null },
): Promise<Card>;
/** The card of a statement of the archive. */
export declare function cardOfStatement(refrain: Refrain, id: string, options?: CardOptions): Promise<Card>;
/** HTML with a card in it, for a template. */
export declare function cardHtml(card: Card): string;
