import css from "virtual:tickertalk-styles";
import { createRoot, type Root } from "react-dom/client";
import { type Chat, createChat } from "../core/createChat";
import type { GetToken } from "../core/tokens";
import { ChatProvider } from "../react/ChatProvider";
import type { Citation } from "../react/host";
import { SidebarChat, type SidebarChatProps } from "../react/SidebarChat";
import { tokenFrom } from "./tokenFrom";

export const NAME = "tickertalk-chat";

/** What `<tickertalk-chat>` is to a script. */
export interface TickertalkChatElement extends HTMLElement {
  /** Where its tokens come from; instead of the attribute `token-url`. */
  getToken: GetToken | null;
  /** The chat inside, as long as the element is in a document. */
  readonly chat: Chat | null;
}

declare global {
  interface HTMLElementTagNameMap {
    "tickertalk-chat": TickertalkChatElement;
  }
  interface HTMLElementEventMap {
    /** A figure of an answer was chosen. */
    "tickertalk-cite": CustomEvent<Citation>;
  }
}

/** The attributes of which the chat is made: with another one it is another chat. */
const MADE_OF = ["gateway", "storage-key"];
const SHOWN = ["ticker", "analysis", "focus", "placement", "open", "theme", "hotkeys"];

/** What is said of the element itself; important, because a page's own `* { … !important }` is meant for others. */
const HOST = `
:host { display: contents !important; }
:host([placement="fill"]) { display: block !important; block-size: 100%; }
:host([hidden]) { display: none !important; }`;

export interface DefineOptions {
  /** For elements without a `gateway`. */
  gateway?: string;
}

/** Makes `<tickertalk-chat>` known to the page. Once is enough; again does nothing. */
export function define({ gateway: fallback = "/" }: DefineOptions = {}): void {
  if (customElements.get(NAME)) return;

  class ChatElement extends HTMLElement implements TickertalkChatElement {
    static observedAttributes = [...MADE_OF, ...SHOWN, "token-url"];

    #root: Root | null = null;
    #chat: Chat | null = null;
    #getToken: GetToken | null = null;

    constructor() {
      super();
      const shadow = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css + HOST);
      shadow.adoptedStyleSheets = [sheet];
      // What a page set before this class was known hides what the class has to say.
      if (Object.hasOwn(this, "getToken")) {
        this.#getToken = this.getToken;
        Reflect.deleteProperty(this, "getToken");
      }
    }

    get chat(): Chat | null {
      return this.#chat;
    }

    get getToken(): GetToken | null {
      return this.#getToken;
    }

    set getToken(getToken: GetToken | null) {
      this.#getToken = getToken;
      this.#askAgain();
    }

    connectedCallback(): void {
      if (!this.#root) this.#mount();
    }

    /** Moved by `moveBefore`: nothing has happened. */
    connectedMoveCallback(): void {}

    disconnectedCallback(): void {
      // What is moved is back before this runs.
      queueMicrotask(() => {
        if (!this.isConnected) this.#unmount();
      });
    }

    attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      if (!this.#root || before === now) return;
      if (MADE_OF.includes(name)) {
        this.#unmount();
        this.#mount();
      } else if (name === "token-url") this.#askAgain();
      else this.#show();
    }

    #mount(): void {
      const container = document.createElement("div");
      container.style.display = "contents";
      this.shadowRoot?.append(container);
      this.#chat = createChat({
        gateway: this.getAttribute("gateway") ?? fallback,
        storageKey: this.getAttribute("storage-key") ?? "",
        context: this.#context(),
        getToken: (wish) => this.#token()(wish),
      });
      this.#root = createRoot(container);
      this.#show();
    }

    #unmount(): void {
      this.#root?.unmount();
      this.#chat?.dispose();
      this.shadowRoot?.replaceChildren();
      this.#root = this.#chat = null;
    }

    #token(): GetToken {
      const url = this.getAttribute("token-url");
      return this.#getToken ?? (url === null ? async () => null : tokenFrom(url));
    }

    /** There was nobody to ask for a token, and now there may be. */
    #askAgain(): void {
      if (this.#chat?.getState().connection.phase === "signed_out") this.#chat.connect();
    }

    #context() {
      return {
        ticker: this.getAttribute("ticker"),
        analysisId: Number(this.getAttribute("analysis")) || null,
        focus: this.getAttribute("focus"),
      };
    }

    #show(): void {
      if (!this.#chat) return;
      this.#chat.setContext(this.#context());
      const placement = this.getAttribute("placement") === "fill" ? "fill" : "over";
      const theme = this.getAttribute("theme");
      const look: SidebarChatProps = {
        placement,
        defaultOpen: this.hasAttribute("open"),
        hotkeys: this.hasAttribute("hotkeys"),
        theme: theme === "light" || theme === "dark" ? theme : undefined,
      };
      this.#root?.render(
        <ChatProvider chat={this.#chat} onCite={this.#cite}>
          <SidebarChat {...look} />
        </ChatProvider>,
      );
    }

    #cite = (detail: Citation): void => {
      this.dispatchEvent(new CustomEvent("tickertalk-cite", { detail, bubbles: true, composed: true }));
    };
  }

  customElements.define(NAME, ChatElement);
}
