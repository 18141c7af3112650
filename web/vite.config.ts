import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/app/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The first versions with light-dark(), so that it is left as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    // Everything but the app itself comes from a running `npm start`: the API, the sign-in, the assets of the server's own pages.
    proxy: { '^/(?!app(/|$)).*': { target: 'http://localhost:3000', changeOrigin: false } },
  },
})
