/** Mantine in the house's look: paper, ink, one calm accent, system fonts, one scale. The colours themselves are in `base.css`. */
import { Button, Checkbox, createTheme, Input, Radio, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#e8f0f7', '#cfe0f0', '#9ccbff', '#6aa9e6', '#4a8fce', '#2f74b0', '#1b62a0', '#0b4f8a', '#083f70', '#062f55',
] // prettier-ignore
const gray: MantineColorsTuple = [
  '#f8f9fa', '#f3f5f7', '#e6eaed', '#d9dfe4', '#c2cad1', '#7b8793', '#5f6b76', '#4d5a66', '#303a43', '#16202a',
] // prettier-ignore
const dark: MantineColorsTuple = [
  '#e8edf2', '#c3ccd4', '#adb8c2', '#8794a0', '#4a5661', '#303a43', '#1c242b', '#12171c', '#0d1115', '#080b0e',
] // prettier-ignore

// The scale is 12, 14, 16, 20, 24, 32; staff read at 14.
const fontSizes = { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' }

export const theme = createTheme({
  white: '#ffffff',
  black: '#16202a',
  colors: { accent, gray, dark },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes,
  defaultRadius: '4px',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      styles: {
        label: { whiteSpace: 'normal', overflow: 'visible', lineHeight: '20px' },
        root: { height: 'auto', minHeight: 36, paddingBlock: 7 },
      },
    }),
    // What somebody typed stays ink where it is refused: red is for dangers, and the words below it say what is wrong.
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-bd': 'var(--line-strong)', '--input-fz': '14px' } }),
      styles: { input: { color: 'var(--ink)' } },
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: { fontWeight: 600, marginBottom: 4 },
        description: { color: 'var(--dim)', fontSize: 14, marginBottom: 4 },
        error: { color: 'var(--ink)', fontSize: 14, fontWeight: 600 },
      },
    }),
    Checkbox: Checkbox.extend({ styles: { input: { borderColor: 'var(--line-strong)' } } }),
    Radio: Radio.extend({ styles: { radio: { borderColor: 'var(--line-strong)' } } }),
  },
})
