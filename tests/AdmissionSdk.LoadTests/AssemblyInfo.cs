// A load needs the machine for itself, and the memory is that of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
