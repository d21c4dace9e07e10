// Two Redis servers with append-only files synced at every write, over mutual TLS 1.3: a stream at
// the source, a relay, a stream at the destination, receipts back at the source.
#include "bench/exchange/peer.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <hiredis/hiredis.h>

#include <mutex>
#include <thread>

using namespace comity;

namespace {

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

/// hiredis of Debian 12 knows no TLS: it writes and reads the words, the product's own stream
/// carries them.
class Connection {
public:
    explicit Connection(exchange::PipeEnd const& end)
        : client_(exchange::TlsClient::make(end).take())
        , stream_(client_.connect(end, {}).take())
        , reader_(redisReaderCreate())
    {
    }
    void add(std::vector<std::string_view> const& words)
    {
        std::vector<char const*> texts;
        std::vector<std::size_t> sizes;
        for (auto const word : words) {
            texts.push_back(word.data());
            sizes.push_back(word.size());
        }
        char* command = nullptr;
        auto const size = redisFormatCommandArgv(
            &command, static_cast<int>(words.size()), texts.data(), sizes.data());
        MUST(size > 0);
        waiting_.append(command, static_cast<std::size_t>(size));
        redisFreeCommand(command);
    }
    void flush()
    {
        MUST(stream_->write(as_view(waiting_), bench::answer_deadline()).ok());
        waiting_.clear();
    }
    Reply answer()
    {
        for (;;) {
            void* reply = nullptr;
            MUST(redisReaderGetReply(reader_.get(), &reply) == REDIS_OK);
            if (reply) {
                Reply out { static_cast<redisReply*>(reply) };
                if (out->type == REDIS_REPLY_ERROR) fmt::print(stderr, "{}\n", out->str);
                MUST(out->type != REDIS_REPLY_ERROR);
                return out;
            }
            auto const read = stream_->read(buffer_, bench::answer_deadline()).take();
            MUST(read > 0
                && redisReaderFeed(
                       reader_.get(), reinterpret_cast<char const*>(buffer_.data()), read)
                    == REDIS_OK);
        }
    }

private:
    struct FreeReader {
        void operator()(redisReader* reader) const { redisReaderFree(reader); }
    };
    exchange::TlsClient client_;
    std::unique_ptr<exchange::TlsStream> stream_;
    std::unique_ptr<redisReader, FreeReader> reader_;
    std::string waiting_;
    Bytes buffer_ = Bytes(65'536);
};

struct Server {
    std::uint16_t port = bench::free_port();
    bench::Program program;

    Server(bench::Credentials const& keys, std::string const& name)
        : program({ "redis-server", "--port", "0", "--tls-port", std::to_string(port),
                      "--tls-cert-file", keys.folder / "server.pem", "--tls-key-file",
                      keys.folder / "server.key", "--tls-ca-cert-file", keys.folder / "ca.pem",
                      "--tls-auth-clients", "yes", "--tls-protocols", "TLSv1.3", "--appendonly",
                      "yes", "--appendfsync", "always", "--save", "", "--dir", keys.folder,
                      "--appendfilename", name + ".aof", "--appenddirname", name },
              keys.folder / (name + ".log"))
    {
        program.wait_for(port);
    }
};

class Redis final : public bench::Carrier {
public:
    explicit Redis(std::filesystem::path const& folder)
        : keys_(folder)
        , source_(keys_, "source")
        , destination_(keys_, "destination")
        , relay_([this](std::stop_token const& stop) { relay(stop); })
    {
    }
    void send(std::size_t, Bytes const& payload) override
    {
        auto connection = take();
        connection->add({ "XADD", "out", "*", "m", as_text(payload) });
        connection->flush();
        connection->answer();
        std::scoped_lock const hold { mutex_ };
        idle_.push_back(std::move(connection));
    }
    std::vector<pid_t> processes() const override
    {
        return { source_.program.pid(), destination_.program.pid() };
    }

private:
    std::unique_ptr<Connection> take()
    {
        {
            std::scoped_lock const hold { mutex_ };
            if (!idle_.empty()) {
                auto out = std::move(idle_.back());
                idle_.pop_back();
                return out;
            }
        }
        return std::make_unique<Connection>(keys_.end(source_.port));
    }
    void relay(std::stop_token const& stop)
    {
        Connection source { keys_.end(source_.port) };
        Connection destination { keys_.end(destination_.port) };
        auto const together = std::to_string(bench::relayed_together_max);
        std::string last = "0";
        while (!stop.stop_requested()) {
            source.add({ "XREAD", "COUNT", together, "BLOCK", "100", "STREAMS", "out", last });
            source.flush();
            auto const reply = source.answer();
            if (reply->type != REDIS_REPLY_ARRAY) continue;
            auto const& entries = *reply->element[0]->element[1];
            bring(destination, entries);
            last = settle(source, entries);
        }
    }
    static std::string_view text(redisReply const& reply) { return { reply.str, reply.len }; }
    static std::string_view id_of(redisReply const& entry) { return text(*entry.element[0]); }
    static std::string_view payload_of(redisReply const& entry)
    {
        return text(*entry.element[1]->element[1]);
    }
    static void bring(Connection& destination, redisReply const& entries)
    {
        for (std::size_t i = 0; i < entries.elements; ++i)
            destination.add({ "XADD", "in", "*", "m", payload_of(*entries.element[i]) });
        destination.flush();
        for (std::size_t i = 0; i < entries.elements; ++i) destination.answer();
    }
    /// The receipts into the source, and out with what they are for.
    std::string settle(Connection& source, redisReply const& entries)
    {
        std::string last;
        source.add({ "MULTI" });
        for (std::size_t i = 0; i < entries.elements; ++i) {
            auto const& entry = *entries.element[i];
            source.add({ "XADD", "receipts", "*", "r", payload_of(entry).substr(0, 32) });
            source.add({ "XDEL", "out", id_of(entry) });
            last = id_of(entry);
        }
        source.add({ "EXEC" });
        source.flush();
        for (std::size_t i = 0; i < 2 * entries.elements + 2; ++i) source.answer();
        for (std::size_t i = 0; i < entries.elements; ++i)
            acknowledge(bench::number_in(as_view(payload_of(*entries.element[i]))));
        return last;
    }

    bench::Credentials keys_;
    Server source_, destination_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::jthread relay_;
};

} // namespace

int main(int argc, char** argv)
{
    CLI::App app { "Two Redis servers and a relay under load" };
    std::string name = "Redis streams";
    std::size_t senders = 64;
    double seconds = 10;
    app.add_option("--name", name, "in the row");
    app.add_option("--senders", senders, "at once");
    app.add_option("--seconds", seconds, "of each run");
    CLI11_PARSE(app, argc, argv);
    ScratchFolder const folder;
    Redis carrier { folder / "" };
    bench::measure(carrier, name, senders, seconds);
}
