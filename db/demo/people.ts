/** Buyers, sellers and centres of the demo: invented names, reserved mail domains (RFC 2606, RFC 6761), telephone numbers kept for fiction. */
import type { Buyer, Centre, Seller } from '../../src/catalog/index.ts'
import { draws, padded, type Draw } from './random.ts'

// prettier-ignore
const FIRST_NAMES = [
  'Abigail', 'Adam', 'Aisha', 'Alan', 'Alice', 'Amara', 'Andre', 'Angela', 'Anita', 'Arjun', 'Beatriz', 'Ben', 'Brenda', 'Caleb', 'Carla',
  'Carlos', 'Chloe', 'Claire', 'Connor', 'Daniel', 'Denise', 'Diego', 'Dolores', 'Dylan', 'Elena', 'Eli', 'Emma', 'Erin', 'Ethan', 'Faith',
  'Farah', 'Felix', 'Fiona', 'Gabriel', 'Gloria', 'Grace', 'Grant', 'Hannah', 'Hector', 'Helen', 'Ian', 'Imani', 'Irene', 'Isaac', 'Jada',
  'James', 'Jasmine', 'Joel', 'Jorge', 'Julia', 'Karen', 'Keiko', 'Kevin', 'Kwame', 'Laura', 'Leah', 'Liam', 'Linh', 'Lucas', 'Lydia',
  'Marcus', 'Maria', 'Mateo', 'Maya', 'Megan', 'Mia', 'Miguel', 'Mina', 'Nadia', 'Naomi', 'Nathan', 'Nina', 'Noah', 'Nora', 'Olivia', 'Omar',
  'Oscar', 'Paula', 'Peter', 'Priya', 'Quinn', 'Rachel', 'Rafael', 'Rosa', 'Ruth', 'Samuel', 'Sara', 'Sofia', 'Stella', 'Tamara', 'Tara',
  'Theo', 'Tomas', 'Uma', 'Victor', 'Wendy', 'Xavier', 'Yara', 'Yusuf', 'Zoe',
]
// prettier-ignore
const LAST_NAMES = [
  'Abbott', 'Acosta', 'Adler', 'Aldana', 'Anders', 'Ashby', 'Baird', 'Banks', 'Barrera', 'Becker', 'Bell', 'Benitez', 'Bhatt', 'Bishop',
  'Boone', 'Brandt', 'Brooks', 'Burke', 'Cabrera', 'Calloway', 'Cardenas', 'Carver', 'Castillo', 'Chandler', 'Chen', 'Choi', 'Clarke',
  'Coleman', 'Conway', 'Cortez', 'Crane', 'Dalton', 'Davies', 'Delgado', 'Dixon', 'Doyle', 'Drake', 'Duarte', 'Dunn', 'Eaton', 'Ellis',
  'Emerson', 'Espinoza', 'Farrell', 'Fields', 'Fischer', 'Flores', 'Foster', 'Franco', 'Frost', 'Galvan', 'Garner', 'Gibbs', 'Gomez', 'Grady',
  'Greer', 'Guerra', 'Hale', 'Hanson', 'Harmon', 'Hayes', 'Herrera', 'Holt', 'Hopkins', 'Huang', 'Ingram', 'Iyer', 'Jarvis', 'Jensen', 'Juarez',
  'Kaplan', 'Keller', 'Kemp', 'Khan', 'Kim', 'Knox', 'Kramer', 'Lambert', 'Larsen', 'Leal', 'Lowe', 'Lozano', 'Mack', 'Maldonado', 'Mehta',
  'Mercer', 'Molina', 'Monroe', 'Moran', 'Nash', 'Navarro', 'Nguyen', 'Noble', 'Norris', 'Ochoa', 'Odom', 'Okafor', 'Ortega', 'Osborn', 'Pace',
  'Park', 'Patel', 'Pena', 'Pittman', 'Porter', 'Pruitt', 'Quintero', 'Ramsey', 'Reyes', 'Rhodes', 'Rivas', 'Rowe', 'Salas', 'Santos', 'Shaw',
  'Singh', 'Solis', 'Stone', 'Tanaka', 'Tate', 'Tran', 'Tucker', 'Underwood', 'Valdez', 'Vance', 'Vega', 'Walsh', 'Weiss', 'Whitaker', 'Yates',
]
const MAIL_DOMAINS = ['example.com', 'example.org', 'example.net', 'mail.example', 'post.example', 'inbox.example', 'letters.example']
/** Area codes; the numbers 555-0100 to 555-0199 of each are kept for fiction. */
const AREA_CODES = ['202', '303', '312', '404', '415', '503', '512', '602', '617', '702', '713', '804', '919', '206', '214', '305']
// Roughly by population: the large states come more than once.
const STATES =
  'CA CA CA CA CA TX TX TX TX FL FL FL NY NY NY PA PA IL IL OH OH GA GA NC NC MI MI NJ VA WA AZ TN MA IN MO MD WI CO MN SC AL LA KY OR OK CT UT IA NV AR MS KS NM NE ID WV HI NH ME MT RI DE SD ND AK VT WY DC'.split(
    ' ',
  )

export function buyerId(index: number): string {
  return `B-${padded(index + 1, 7)}`
}

export function* buyers(seed: number, count: number): Generator<Buyer> {
  const draw = draws(seed, 'buyers')
  for (let index = 0; index < count; index++) {
    const [first, last] = [draw.pick(FIRST_NAMES, index, 0), draw.pick(LAST_NAMES, index, 1)]
    const number = padded(draw.below(100, index, 3), 2)
    yield {
      buyerId: buyerId(index),
      name: `${first} ${last}`,
      email: `${first}.${last}.${index + 1}@${draw.pick(MAIL_DOMAINS, index, 2)}`.toLowerCase(),
      phone: draw.share(index, 4) < 0.6 ? `+1${draw.pick(AREA_CODES, index, 5)}55501${number}` : null,
      locale: 'en-US',
      country: 'US',
      region: draw.pick(STATES, index, 6),
    }
  }
}

/** The seller of the recalled cups. */
export const SOOJIMUS = 0

export function sellerId(index: number): string {
  return `S-${padded(index + 1, 4)}`
}

// prettier-ignore
const SELLER_FIRST = [
  'Amber', 'Birch', 'Blue', 'Bright', 'Cedar', 'Clear', 'Copper', 'Corner', 'Crown', 'Daily', 'Eastern', 'Fern', 'First', 'Golden', 'Granite',
  'Green', 'Harbor', 'Hill', 'Hollow', 'Iron', 'Juniper', 'Lake', 'Lantern', 'Little', 'Long', 'Maple', 'Meadow', 'Mill', 'North', 'Oak',
]
// prettier-ignore
const SELLER_SECOND = [
  'Arrow', 'Barn', 'Bay', 'Bridge', 'Brook', 'Cart', 'Creek', 'Field', 'Gate', 'Grove', 'Hearth', 'House', 'Lane', 'Leaf', 'Path', 'Peak',
  'Pine', 'Pond', 'Ridge', 'River',
]
const SELLER_LAST = ['Goods', 'Supply', 'Trading', 'Store', 'Outfitters', 'Home', 'Direct', 'Market', 'Co']

export function* sellers(seed: number, count: number): Generator<Seller> {
  const draw = draws(seed, 'sellers')
  yield { sellerId: sellerId(SOOJIMUS), name: 'Soojimus', email: 'recalls@soojimus.example', country: 'US' }
  for (let index = 1; index < count; index++) {
    // The pair of words is the seller's own, so that no two have one name.
    const name = `${sellerWords(index)} ${draw.pick(SELLER_LAST, index, 0)}`
    const country = draw.share(index, 1) < 0.7 ? 'US' : draw.pick(['CN', 'CA', 'GB', 'DE', 'VN'], index, 2)
    yield { sellerId: sellerId(index), name, email: `contact@${name.toLowerCase().replaceAll(' ', '-')}.example`, country }
  }
}

function sellerWords(index: number): string {
  const at = (index * 211) % (SELLER_FIRST.length * SELLER_SECOND.length)
  return `${SELLER_FIRST[at % SELLER_FIRST.length]} ${SELLER_SECOND[Math.floor(at / SELLER_FIRST.length)]}`
}

/** A seller other than that of the recalled cups. */
export function otherSeller(draw: Draw, count: number, index: number, salt: number): string {
  return sellerId(1 + draw.below(count - 1, index, salt))
}

export const CENTRES: readonly Centre[] = [
  { centreId: 'C-RENO', name: 'Reno, Nevada', country: 'US' },
  { centreId: 'C-COLUMBUS', name: 'Columbus, Ohio', country: 'US' },
  { centreId: 'C-ATLANTA', name: 'Atlanta, Georgia', country: 'US' },
]
