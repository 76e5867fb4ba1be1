using Microsoft.Extensions.DependencyInjection;

namespace Ptune.Messaging.Tests;

public sealed class MessagingOptionsTests
{
    [Fact]
    public void Problems_Defaults_AreNone() => Assert.Empty(new MessagingOptions().Problems());

    [Fact]
    public void Problems_SeveralMistakes_NamesThemAll()
    {
        var options = new MessagingOptions
        {
            Transport = MessagingTransport.RabbitMq,
            AnnounceTimeout = TimeSpan.Zero,
            RestAfterFailure = TimeSpan.FromSeconds(-1),
            QueueLength = 0,
        };

        var problems = options.Problems();

        Assert.Equal(
            ["Messaging:Uri", "Messaging:AnnounceTimeout", "Messaging:RestAfterFailure", "Messaging:QueueLength"],
            problems.Select(problem => problem.Split(' ')[0]));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("http://localhost:5672/")]
    [InlineData("amqp:///x")]
    public void Problems_AnAddressThatIsNoBrokers_SaysWhatToWrite(string uri)
    {
        var problem = Assert.Single(new MessagingOptions { Transport = MessagingTransport.RabbitMq, Uri = uri }.Problems());

        Assert.Contains("amqp://user:password@host:5672/virtual-host", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPtuneMessaging_BadOptions_ThrowsWithAllOfThem()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new ServiceCollection().AddPtuneMessaging(new MessagingOptions { Transport = MessagingTransport.RabbitMq, QueueLength = 0 }));

        Assert.Contains("Messaging:Uri", error.Message, StringComparison.Ordinal);
        Assert.Contains("Messaging:QueueLength", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://ptune:a%40b@mq:5673/prod", "rabbitmq://mq:5673/prod", "ptune", "a@b", false)]
    [InlineData("amqps://mq", "rabbitmq://mq:5671/", "guest", "guest", true)]
    [InlineData("amqp://mq/", "rabbitmq://mq:5672/", "guest", "guest", false)]
    public void Parse_Address_TakesItApartAndHidesThePassword(string uri, string host, string user, string password, bool tls)
    {
        var address = BrokerAddress.Parse(uri);

        Assert.Equal((host, user, password, tls), (address.Host.ToString(), address.User, address.Password, address.Tls));
        Assert.Equal(host, address.ToString());
    }
}
