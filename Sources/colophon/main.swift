import Commands

await Colophon.main()
