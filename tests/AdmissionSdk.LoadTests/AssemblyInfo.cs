// Load needs the machine for itself, and memory is the whole process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
