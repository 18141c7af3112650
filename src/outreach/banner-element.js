/*
 * <tocsin-recall-banner token="…">: the recall banner for any shop's page.
 * Asks the server that this script came from what the buyer of the token has to know. Whatever goes wrong, the page stays as it was: the element
 * takes no room until it has something to say, and never lies over anything. Its style sheet is constructed, so a content security policy needs
 * no 'unsafe-inline'.
 */
;(() => {
  if (!('customElements' in window) || customElements.get('tocsin-recall-banner')) return
  const home = new URL(document.currentScript ? document.currentScript.src : location.href).origin
  const PATIENCE_MS = 2000

  // light-dark() follows the colour scheme of the page around it; the colours before it are for browsers that do not know it.
  const STYLE = `
    :host{display:none}
    :host([open]){display:block}
    section{display:grid;gap:8px 16px;margin:0 0 16px;padding:16px;border:1px solid #8794a0;border-inline-start:8px solid #a3001b;
      border-radius:4px;background:#fff;background:light-dark(#fff,#1c242b);color:#16202a;color:light-dark(#16202a,#e8edf2);
      font:400 1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;text-align:start;overflow-wrap:anywhere}
    section.check{border-inline-start-color:#ffb84d}
    h2{margin:0;font-size:1.25rem;line-height:1.3;max-width:40em}
    ul{margin:0;padding:0;list-style:none}
    p{margin:0}
    a{display:inline-block;padding:4px 0;color:#0b4f8a;color:light-dark(#0b4f8a,#9ccbff);text-decoration:underline}
    button{justify-self:start;align-self:start;font:inherit;padding:4px 8px;border:1px solid;border-radius:4px;background:none;color:inherit;cursor:pointer}
    a:focus-visible,button:focus-visible{outline:3px solid;outline-offset:2px}
    .small{grid-template-columns:1fr auto;align-items:center;padding-block:4px}
    .small h2{font-size:1rem}
    [hidden]{display:none}
    @media (min-width:40em){section{grid-template-columns:1fr auto}#details{grid-column:1/-1}button{grid-area:1/2}}
    @media (prefers-contrast:more){section{border-width:2px;border-inline-start-width:8px}}
    @media (forced-colors:active){section{border-color:CanvasText}}
    @media print{button{display:none}}`

  const text = (value) => typeof value === 'string' && value !== '' && value.length < 500
  const address = (value) => {
    try {
      return /^https?:$/.test(new URL(value).protocol)
    } catch {
      return false
    }
  }
  /** Only what has the shape of an answer is shown; anything else is as if the server were down. */
  const isBanner = (it) =>
    it !== null &&
    typeof it === 'object' &&
    Number.isInteger(it.alerts) &&
    it.alerts > 0 &&
    address(it.url) &&
    ['text', 'label', 'see', 'all', 'less', 'more', 'key', 'lang'].every((name) => text(it[name])) &&
    Array.isArray(it.products) &&
    it.products.length > 0 &&
    it.products.every((each) => text(each.name) && address(each.url))

  const make = (name, content, set) => {
    const made = Object.assign(document.createElement(name), set)
    made.append(...[content].flat())
    return made
  }
  // A page may be without storage (private windows, third-party frames): then the banner is simply whole again on the next page.
  const storage = (use) => {
    try {
      return use(sessionStorage)
    } catch {
      return null
    }
  }

  class RecallBanner extends HTMLElement {
    static observedAttributes = ['token']
    #asking = null
    #token = null
    #shadow = this.attachShadow({ mode: 'open' })

    connectedCallback() {
      this.#ask()
    }
    disconnectedCallback() {
      this.#asking?.abort()
      this.#token = null
    }
    attributeChangedCallback() {
      if (this.isConnected) this.#ask()
    }

    async #ask() {
      const token = this.getAttribute('token')
      // An element that comes to life says both that it has a token and that it is on the page.
      if (token !== null && token === this.#token) return
      this.#token = token
      this.#asking?.abort()
      const asking = (this.#asking = new AbortController())
      if (!token) return this.#nothing()
      const patience = setTimeout(() => asking.abort(), PATIENCE_MS)
      try {
        const lang = this.closest('[lang]')?.lang || navigator.language || 'en'
        const response = await fetch(`${home}/v1/banner?lang=${encodeURIComponent(lang)}`, {
          headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
          credentials: 'omit',
          cache: 'no-store',
          signal: asking.signal,
        })
        const banner = response.ok ? await response.json() : null
        if (asking !== this.#asking) return
        if (isBanner(banner)) this.#show(banner)
        else this.#nothing()
      } catch {
        // Down, slow or not JSON. An earlier answer of this page stays: what it said is still open as far as anyone knows.
      } finally {
        clearTimeout(patience)
      }
    }

    #nothing() {
      this.removeAttribute('open')
      this.#shadow.replaceChildren()
    }

    #show(banner) {
      const stored = `tocsin-recall-banner:${banner.key}`
      const rest = [
        make(
          'ul',
          banner.products.map((each) => make('li', make('a', `${banner.see}: ${each.name}`, { href: each.url }))),
        ),
        ...(banner.alerts > banner.products.length ? [make('p', make('a', banner.all, { href: banner.url }))] : []),
      ]
      const details = make('div', rest, { id: 'details' })
      const heading = make('h2', '')
      const button = make('button', '', { type: 'button' })
      const section = make('section', [heading, details, button], {
        lang: banner.lang,
      })
      section.setAttribute('role', 'region')
      section.setAttribute('aria-label', banner.label)
      button.setAttribute('aria-controls', 'details')
      const fold = (small) => {
        section.className = `${banner.stop ? 'stop' : 'check'}${small ? ' small' : ''}`
        heading.textContent = small ? `${banner.label} (${banner.alerts})` : banner.text
        details.hidden = small
        button.textContent = small ? banner.more : banner.less
        button.setAttribute('aria-expanded', String(!small))
      }
      button.addEventListener('click', () => {
        const small = !details.hidden
        fold(small)
        storage((kept) => (small ? kept.setItem(stored, 'small') : kept.removeItem(stored)))
      })
      // Folded away for this session, it stays one line; another notice has another key and is shown whole.
      fold(storage((kept) => kept.getItem(stored)) === 'small')
      const style = new CSSStyleSheet()
      style.replaceSync(STYLE)
      this.#shadow.adoptedStyleSheets = [style]
      this.#shadow.replaceChildren(section)
      this.setAttribute('open', '')
    }
  }
  customElements.define('tocsin-recall-banner', RecallBanner)
})()
