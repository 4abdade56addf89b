// Guests share nothing but the engine, and some of them sleep.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(3)]
