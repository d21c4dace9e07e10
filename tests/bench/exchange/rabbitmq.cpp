// Two RabbitMQ brokers with quorum queues and publisher confirms over mutual TLS 1.3: a queue at
// the source, a relay, a queue at the destination, receipts in a queue at the source.
#include "bench/exchange/peer.h"

#include <CLI/CLI.hpp>
#include <amqp.h>
#include <amqp_ssl_socket.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

using namespace comity;

namespace {

std::string const owner = geteuid() == 0 ? "rabbitmq" : "";
constexpr amqp_channel_t channel = 1;

amqp_bytes_t words(std::string_view text)
{
    return { text.size(), const_cast<char*>(text.data()) }; // NOLINT: the library only reads it
}

struct Broker {
    std::uint16_t port = bench::free_port();
    std::filesystem::path folder;
    bench::Program program;

    Broker(bench::Credentials const& keys, std::string const& name, std::uint16_t mapper)
        : folder(make(keys, name, port))
        , program({ "env", "HOME=" + folder.string(), "RABBITMQ_NODENAME=" + name + "@localhost",
                      "RABBITMQ_MNESIA_BASE=" + (folder / "data").string(),
                      "RABBITMQ_LOG_BASE=" + folder.string(),
                      "RABBITMQ_CONFIG_FILE=" + (folder / "rabbitmq.conf").string(),
                      "RABBITMQ_ENABLED_PLUGINS_FILE=" + (folder / "plugins").string(),
                      "RABBITMQ_CONF_ENV_FILE=" + (folder / "none").string(),
                      "RABBITMQ_DIST_PORT=" + std::to_string(bench::free_port()),
                      "ERL_EPMD_PORT=" + std::to_string(mapper), "ERL_EPMD_ADDRESS=127.0.0.1",
                      "/usr/lib/rabbitmq/bin/rabbitmq-server" },
              folder / "out", owner)
    {
        program.wait_for(port);
    }
    static std::filesystem::path make(
        bench::Credentials const& keys, std::string const& name, std::uint16_t at)
    {
        auto const folder = keys.folder / name;
        std::filesystem::create_directories(folder);
        std::filesystem::permissions(folder, std::filesystem::perms::all);
        auto const file = [&](char const* which) { return (keys.folder / which).string(); };
        std::ofstream { folder / "plugins" } << "[].\n";
        std::ofstream settings { folder / "rabbitmq.conf" };
        settings << "listeners.tcp = none\nlisteners.ssl.1 = 127.0.0.1:" << at << "\n"
                 << "ssl_options.cacertfile = " << file("ca.pem") << "\n"
                 << "ssl_options.certfile = " << file("server.pem") << "\n"
                 << "ssl_options.keyfile = " << file("server.key") << "\n"
                 << "ssl_options.verify = verify_peer\nssl_options.fail_if_no_peer_cert = true\n"
                 << "ssl_options.versions.1 = tlsv1.3\n"
                 << "tcp_listen_options.nodelay = true\n";
        return folder;
    }
};

class Connection {
public:
    Connection(bench::Credentials const& keys, std::uint16_t port)
        : state_(amqp_new_connection())
    {
        auto* socket = amqp_ssl_socket_new(state_);
        auto const file = [&](char const* which) { return (keys.folder / which).string(); };
        MUST(socket && amqp_ssl_socket_set_cacert(socket, file("ca.pem").c_str()) == AMQP_STATUS_OK
            && amqp_ssl_socket_set_key(
                   socket, file("client.pem").c_str(), file("client.key").c_str())
                == AMQP_STATUS_OK);
        amqp_ssl_socket_set_verify_hostname(socket, 0);
        // The library names no version above 1.2; the brokers take 1.3 alone.
        MUST(amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST)
                == AMQP_STATUS_OK
            && amqp_socket_open(socket, "127.0.0.1", port) == AMQP_STATUS_OK);
        constexpr int frame_bytes = 131'072;
        check(amqp_login(state_, "/", 0, frame_bytes, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest"));
        amqp_channel_open(state_, channel);
        check(amqp_get_rpc_reply(state_));
        amqp_confirm_select(state_, channel);
        check(amqp_get_rpc_reply(state_));
    }
    ~Connection() { amqp_destroy_connection(state_); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    void declare(std::string_view queue)
    {
        amqp_table_entry_t kind { words("x-queue-type"), {} };
        kind.value.kind = AMQP_FIELD_KIND_UTF8;
        kind.value.value.bytes = words("quorum");
        amqp_queue_declare(state_, channel, words(queue), 0, 1, 0, 0, { 1, &kind });
        check(amqp_get_rpc_reply(state_));
    }
    void publish(std::string_view queue, std::string_view payload)
    {
        amqp_basic_properties_t durable {};
        durable._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
        durable.delivery_mode = 2;
        MUST(amqp_basic_publish(
                 state_, channel, amqp_empty_bytes, words(queue), 0, 0, &durable, words(payload))
            == AMQP_STATUS_OK);
        ++published_;
    }
    void wait_for_confirms()
    {
        while (confirmed_ < published_) {
            amqp_frame_t frame {};
            MUST(amqp_simple_wait_frame(state_, &frame) == AMQP_STATUS_OK);
            if (frame.frame_type != AMQP_FRAME_METHOD) continue;
            MUST(frame.payload.method.id == AMQP_BASIC_ACK_METHOD);
            auto const* ack = static_cast<amqp_basic_ack_t*>(frame.payload.method.decoded);
            confirmed_ = ack->multiple ? std::max(confirmed_, ack->delivery_tag) : confirmed_ + 1;
        }
        amqp_maybe_release_buffers(state_);
    }
    void consume(std::string_view queue)
    {
        amqp_basic_qos(state_, channel, 0, 4 * bench::relayed_together_max, 0);
        amqp_basic_consume(
            state_, channel, words(queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
        check(amqp_get_rpc_reply(state_));
    }
    struct Taken {
        std::uint64_t tag = 0;
        std::string payload;
    };
    std::optional<Taken> take(std::chrono::microseconds patience)
    {
        amqp_envelope_t envelope {};
        timeval const limit { 0, static_cast<suseconds_t>(patience.count()) };
        amqp_maybe_release_buffers(state_);
        auto const reply = amqp_consume_message(state_, &envelope, &limit, 0);
        if (reply.reply_type != AMQP_RESPONSE_NORMAL) return {};
        auto const& body = envelope.message.body;
        Taken out { envelope.delivery_tag, { static_cast<char const*>(body.bytes), body.len } };
        amqp_destroy_envelope(&envelope);
        return out;
    }
    void done_up_to(std::uint64_t tag)
    {
        MUST(amqp_basic_ack(state_, channel, tag, 1) == AMQP_STATUS_OK);
    }

private:
    static void check(amqp_rpc_reply_t const& reply)
    {
        MUST(reply.reply_type == AMQP_RESPONSE_NORMAL);
    }

    amqp_connection_state_t state_;
    std::uint64_t published_ = 0, confirmed_ = 0;
};

class RabbitMq final : public bench::Carrier {
public:
    explicit RabbitMq(std::filesystem::path const& folder)
        : keys_(folder)
        , source_((names_.wait_for(mapper_), keys_), "source", mapper_)
        , destination_(keys_, "destination", mapper_)
    {
        Connection { keys_, source_.port }.declare("out");
        Connection { keys_, source_.port }.declare("receipts");
        Connection { keys_, destination_.port }.declare("in");
        relay_ = std::jthread { [this](std::stop_token const& stop) { relay(stop); } };
    }
    void send(std::size_t, Bytes const& payload) override
    {
        auto connection = idle();
        connection->publish("out", as_text(payload));
        connection->wait_for_confirms();
        std::scoped_lock const hold { mutex_ };
        idle_.push_back(std::move(connection));
    }
    std::vector<pid_t> processes() const override
    {
        return { source_.program.pid(), destination_.program.pid() };
    }

private:
    std::unique_ptr<Connection> idle()
    {
        {
            std::scoped_lock const hold { mutex_ };
            if (!idle_.empty()) {
                auto out = std::move(idle_.back());
                idle_.pop_back();
                return out;
            }
        }
        return std::make_unique<Connection>(keys_, source_.port);
    }
    void relay(std::stop_token const& stop)
    {
        Connection from { keys_, source_.port }, receipts { keys_, source_.port };
        Connection to { keys_, destination_.port };
        from.consume("out");
        while (!stop.stop_requested()) {
            std::vector<Connection::Taken> taken;
            auto next = from.take(std::chrono::milliseconds { 100 });
            for (; next; next = from.take(std::chrono::microseconds { 0 })) {
                taken.push_back(std::move(*next));
                if (taken.size() == bench::relayed_together_max) break;
            }
            if (taken.empty()) continue;
            for (auto const& each : taken) to.publish("in", each.payload);
            to.wait_for_confirms();
            for (auto const& each : taken)
                receipts.publish("receipts", std::string_view { each.payload }.substr(0, 32));
            receipts.wait_for_confirms();
            from.done_up_to(taken.back().tag);
            for (auto const& each : taken) acknowledge(bench::number_in(as_view(each.payload)));
        }
    }

    bench::Credentials keys_;
    std::uint16_t mapper_ = bench::free_port();
    // Ours, so that it ends with us: the brokers would start one that stays.
    bench::Program names_ { { "epmd", "-port", std::to_string(mapper_), "-address", "127.0.0.1" },
        keys_.folder / "epmd.log", owner };
    Broker source_, destination_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::jthread relay_;
};

} // namespace

int main(int argc, char** argv)
{
    CLI::App app { "Two RabbitMQ brokers and a relay under load" };
    std::string name = "RabbitMQ quorum queues";
    std::size_t senders = 64;
    double seconds = 10;
    app.add_option("--name", name, "in the row");
    app.add_option("--senders", senders, "at once");
    app.add_option("--seconds", seconds, "of each run");
    CLI11_PARSE(app, argc, argv);
    ScratchFolder const folder;
    RabbitMq carrier { folder / "" };
    bench::measure(carrier, name, senders, seconds);
}
