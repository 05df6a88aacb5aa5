using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>The end of a log.</summary>
/// <remarks>Covers <see cref="LogTail"/>.</remarks>
public sealed class LogTailTests
{
    [Fact]
    public void Read_LongLog_IsItsLastLinesWithTheProgramsName()
    {
        var directory = Directory.CreateTempSubdirectory("log-").FullName;
        try
        {
            var path = Path.Combine(directory, "etcd.log");
            File.WriteAllText(path, "one\ntwo\n\nthree\n");

            Assert.Equal("etcd: two\netcd: three", LogTail.Read(path, 2));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Read_NoLog_SaysSo() => Assert.Equal("etcd.log: (no output)", LogTail.Read("/no/such/etcd.log", 2));
}
