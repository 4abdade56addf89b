using AspNetHost;

// POST /run with a module's bytes as the body, or as a form with the fields module, stdin and arg. See README.md.
WebApplication app = Runner.Build(args);
app.Run();
