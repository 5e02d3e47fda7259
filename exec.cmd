@rem npm scripts say `exec node …` so that on Unix a signal to npm reaches node. cmd.exe has no exec: this is it.
@%*
