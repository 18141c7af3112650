/** Takes a ruling on a pair back (`u`), with a reason: the pair waits again. */
import { Button, TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Form } from 'react-router'
import { paths } from '../paths.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'

export function Undo({ recallId, otherId }: { recallId: string; otherId: string }) {
  const [asking, setAsking] = useState(false)
  const reason = useRef<HTMLInputElement>(null)
  const keys = useMemo<Keys>(() => ({ u: { does: 'Take the last ruling back', run: () => setAsking(true) } }), [])
  useKeys(keys)
  // Who asked for it by key goes on by key.
  useEffect(() => {
    if (asking) reason.current?.focus()
  }, [asking])
  if (!asking) {
    return (
      <Button variant="default" onClick={() => setAsking(true)}>
        Undo
      </Button>
    )
  }
  return (
    <Form method="post" action={paths.link(recallId, otherId)} className="row" style={{ alignItems: 'end' }}>
      <input type="hidden" name="ruling" value="withdrawn" />
      <TextInput
        ref={reason}
        name="reason"
        label="Why you take it back"
        defaultValue="Saved by mistake."
        maxLength={500}
        required
        withAsterisk={false}
      />
      <Button type="submit">Take back</Button>
    </Form>
  )
}
