/** The demo's start page and a shop's orders page, as any shop might have one. */
import { html } from 'hono/html'
import { page, type Html } from '../platform/page.ts'
import type { DemoOrder, DemoPeople } from './queries.ts'

export function homePage(people: DemoPeople): Html {
  const buyer = people.buyer?.name ?? 'a buyer'
  return page({
    title: 'Tocsin demo',
    body: html`<h1>Tocsin</h1>
      <p class="lead">
        A child’s cup contains lead. This demo marketplace has just stopped it, kept the stock where it is, and told every buyer. See it
        with three pairs of eyes.
      </p>
      <ul class="doors">
        <li class="panel">
          <h2><a href="/demo/sign-in/buyer">Sign in as a buyer</a></h2>
          <p>${buyer} bought the cups. Open the orders page with its banner, read the alert, choose the refund, send the photograph.</p>
        </li>
        <li class="panel">
          <h2><a href="/demo/sign-in/seller">Sign in as the seller</a></h2>
          <p>${people.seller?.name ?? 'The seller'} sees which listings and units were stopped, why, and what stock is held where.</p>
        </li>
        <li class="panel">
          <h2><a href="/demo/sign-in/officer">Sign in as the safety officer</a></h2>
          <p>The desk: the units waterfall, the reach funnel, the timeline, and every row behind every number.</p>
        </li>
      </ul>
      <p>
        ${
          people.mails === 0
            ? 'The mailbox is empty.'
            : html`<a href="/demo/mailbox?q=${encodeURIComponent(people.buyer?.email ?? '')}">Open the mail that ${buyer} got</a>, or
                <a href="/demo/mailbox">all ${people.mails.toLocaleString('en-US')} messages</a> in the mailbox.`
        }
      </p>
      <p>Anyone may read <a href="/recalls">every recall</a>, without any sign-in.</p>
      <p class="hint">
        The people, orders and shop are invented; the recalls are real ones of the U.S. Consumer Product Safety Commission.
      </p>`,
  })
}

/**
 * The orders page of the demo's shop. It shows the banner as any shop would: one script and one element with the buyer's signed token. The banner
 * stands on top of the page and never covers it.
 */
export function ordersPage(view: { orders: readonly DemoOrder[]; token: string }): Html {
  return page({
    title: 'Your orders – Demo shop',
    wide: true,
    head: html`<script src="/banner.js" async></script>`,
    body: html`<p><a href="/">Demo start page</a></p>
      <tocsin-recall-banner token="${view.token}"></tocsin-recall-banner>
      <noscript
        ><p><a href="/your-recalls">Your recalls and product safety alerts</a></p></noscript
      >
      <h1>Your orders</h1>
      ${
        view.orders.length === 0
          ? html`<p class="panel">You have no orders yet.</p>`
          : html`<ul class="orders">
              ${view.orders.map(orderItem)}
            </ul>`
      }`,
  })
}

const STATES: Record<string, string> = { open: 'Not shipped yet', shipped: 'Delivered', cancelled: 'Cancelled' }

function orderItem(order: DemoOrder): Html {
  const day = order.ordered_at.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
  const price = (order.amount_minor / 100).toLocaleString('en-US', { style: 'currency', currency: order.currency })
  return html`<li class="panel">
    <h2>${order.title}</h2>
    <p>${order.quantity} × · ${price} · ordered ${day} · ${STATES[order.state] ?? order.state}</p>
    <p class="hint">Order ${order.order_id}</p>
  </li>`
}
