/** `<refrain-card src="…">`, or with the card's JSON in a `<script type="application/json">` within it. */
export declare class RefrainCard extends HTMLElement {
  /** Reads the card anew. */
  render(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "refrain-card": RefrainCard;
  }
}
