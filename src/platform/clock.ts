/** The time, asked for at the edge and passed down, so that rules and tests decide what time it is. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
