// Two nodes of Comity, each a process of its own, over mutual TLS 1.3 on the loopback address: the
// product's own exchange, ledger, store, server and courier, without casework. With the file
// bare_cms.cpp linked in place of the product's, the same without cryptography inside the pipe.
#include "bench/exchange/evidence.h"
#include "bench/exchange/load.h"

#include "base/scratch.h"
#include "exchange/founding.h"
#include "exchange/line.h"
#include "http/peer.h"
#include "http/server.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <mutex>
#include <thread>
#include <unordered_map>

using namespace comity;

namespace {

/// What the two processes tell each other.
struct Shared {
    std::atomic<std::uint16_t> port = 0;
    std::atomic<std::uint64_t> syncs = 0, groups = 0;
};
Shared* shared = nullptr; // NOLINT: fdatasync has no other way to it.

Instant now()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out;
    for (auto const room : { ledger::migrations, exchange::migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

/// One State's node.
struct Node {
    exchange::StateKeys const& keys;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<exchange::Exchange> exchange;

    Node(exchange::Founding const& founding, std::size_t which, std::filesystem::path const& folder)
        : keys(founding.states[which])
        , store(store::Store::open(folder / keys.of.state, all_migrations()).take())
        , ledger(ledger::Ledger::open(*store, keys.register_log, keys.register_key).take())
        , exchange(std::make_unique<exchange::Exchange>(*store, *ledger, founding.trust(now()),
              exchange::Self { keys.of.state, keys.of.unit, keys.seal, keys.sealing }, now,
              crypto::system_random(), exchange::AttachmentSettings {},
              std::max(1U, std::thread::hardware_concurrency())))
    {
        store->on_group([](store::Transaction&) -> Result<void> {
            ++shared->groups;
            return {};
        });
    }
};

/// The destination, until its parent ends it.
[[noreturn]] void serve(exchange::Founding const& founding, std::filesystem::path const& folder)
{
    Node node { founding, 1, folder };
    node.exchange->set_receiver(
        { [](store::Transaction&, exchange::Delivered const&) -> Result<exchange::Disposition> {
            return exchange::Disposition { "permitted", "bench", {}, {}, {}, {} };
        } });
    http::PeerRoutes const routes { *node.exchange, *node.ledger, *node.store, now };
    http::Listener listener;
    listener.via = http::Peer::Via::mutual_tls;
    listener.identity = { node.keys.transport.certificate.pem(), node.keys.transport.key.pem() };
    for (auto const& peer : node.exchange->trust().peers())
        listener.client_authorities_pem += peer.root.pem();
    listener.body_bytes_max = http::peer_body_bytes_max;
    listener.handler = [&](http::Request const& request) { return routes.serve(request); };
    auto const server = http::Server::start({ std::move(listener) }).take();
    shared->port = server->port(0);
    for (;;) pause();
}

class Comity final : public bench::Carrier {
public:
    Comity(exchange::Founding const& founding, std::filesystem::path const& folder)
        : founding_(founding)
        , folder_(folder)
        , child_(start_destination())
        , node_(std::make_unique<Node>(founding, 0, folder))
    {
        node_->exchange->set_receiver({ {},
            [this](
                store::Transaction& transaction, message::Receipt const& receipt) -> Result<void> {
                MUST(receipt.kind == message::ReceiptKind::durable);
                transaction.after_commit([this, id = receipt.message_id] { note(id); });
                return {};
            } });
    }
    ~Comity() override
    {
        courier_.reset();
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }
    Comity(Comity const&) = delete;
    Comity& operator=(Comity const&) = delete;

    /// From then on the messages leave.
    void connect()
    {
        auto const& peer = founding_.states[1];
        exchange::PipeEnd end { .host = "127.0.0.1",
            .port = shared->port,
            .certificate_pem = node_->keys.transport.certificate.pem(),
            .key_pem = node_->keys.transport.key.pem(),
            .authorities_pem = peer.root.certificate.pem(),
            .peer_certificates_sha256 = { to_hex(peer.transport.certificate.fingerprint()) } };
        auto const pipe
            = std::make_shared<exchange::OuterPipe>(exchange::Pipe::make(std::move(end)).take(),
                exchange::OuterPipe::Pair { node_->keys.of.state, peer.of.state },
                std::make_shared<exchange::OuterKeys const>(), crypto::system_random());
        auto const line = exchange::line_over([pipe] { return pipe; }, crypto::system_random());
        courier_ = std::make_unique<exchange::Courier>(*node_->exchange,
            std::map<std::string, exchange::Line> { { peer.of.state, line } }, now,
            crypto::system_random(), [](std::string const&, exchange::PeerStatus const& status) {
                if (!status.reachable) fmt::print(stderr, "{}\n", status.last_error);
            });
        node_->exchange->on_queued([this](std::string const& state) { courier_->wake(state); });
    }
    void send(std::size_t number, Bytes const& payload) override
    {
        exchange::Outgoing out { .type = message::Type::request,
            .to = "RO",
            .case_reference = { "2026-TEST", {} },
            .legal_basis = { "PCC SEE", { "A4(1)-1", "A4(5)(a)-1" }, std::string(64, 'a') },
            .verdict = "permitted",
            .purpose = "investigation",
            .retention = message::Retention { parse_date("2027-04-17").take(), "A31(4)(b)-1" },
            .parts = { { "request", "bench/1", payload, "application/octet-stream" } } };
        auto const sealed = node_->exchange->seal(std::move(out)).take();
        {
            std::scoped_lock const hold { mutex_ };
            numbers_.emplace(sealed.manifest.id, number);
        }
        node_->store
            ->write([&](store::Transaction& t) { return node_->exchange->submit(t, sealed); })
            .take();
    }
    std::size_t acknowledged()
    {
        std::scoped_lock const hold { mutex_ };
        return acknowledged_;
    }

private:
    pid_t start_destination()
    {
        shared->port = 0;
        auto const child = fork();
        MUST(child >= 0);
        if (child == 0) serve(founding_, folder_);
        while (shared->port == 0) std::this_thread::sleep_for(std::chrono::milliseconds { 5 });
        return child;
    }
    void note(std::string const& id)
    {
        std::size_t number = 0;
        {
            std::scoped_lock const hold { mutex_ };
            ++acknowledged_;
            auto const found = numbers_.find(id);
            if (found == numbers_.end()) return;
            number = found->second;
            numbers_.erase(found);
        }
        acknowledge(number);
    }

    exchange::Founding const& founding_;
    std::filesystem::path folder_;
    pid_t child_;
    std::unique_ptr<Node> node_;
    std::unique_ptr<exchange::Courier> courier_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::size_t> numbers_;
    std::size_t acknowledged_ = 0;
};

void measure(exchange::Founding const& founding, std::string const& name, std::size_t senders,
    double seconds)
{
    ScratchFolder const folder;
    Comity carrier { founding, folder / "" };
    carrier.connect();
    // Before and after, so that whoever else uses the machine slows both alike.
    auto const before = bench::evidence_ms();
    auto const row = bench::measure(carrier, name, senders, seconds);
    auto const evidence = (before + bench::evidence_ms()) / 2;
    fmt::print("fact\t{}: fdatasync a group\t{:.2f}\n", name,
        static_cast<double>(shared->syncs) / static_cast<double>(shared->groups));
    fmt::print("fact\t{}: CPU ms of a message's primitives in OpenSSL\t{:.3f}\n", name, evidence);
    fmt::print("fact\t{}: CPU of a message over that of its primitives\t{:.2f}\n", name,
        row.peak.cpu_ms / evidence);
}

/// So many messages wait, the node is started anew, and they go.
void drain(exchange::Founding const& founding, std::string const& name, std::size_t count)
{
    ScratchFolder const folder;
    auto const megabytes = [] { return bench::usage_of({}).resident_bytes / 1e6; };
    {
        Comity source { founding, folder / "" };
        source.on_acknowledged([](std::size_t) { });
        std::vector<std::jthread> threads;
        std::atomic<std::size_t> next = 0;
        Bytes const payload(bench::payload_bytes, 'x');
        for (int i = 0; i < 64; ++i)
            threads.emplace_back([&] {
                for (auto n = next++; n < count; n = next++) source.send(n, payload);
            });
        threads.clear();
        fmt::print("fact\t{}: MB resident with {} waiting, both nodes\t{:.0f}\n", name, count,
            megabytes());
    }
    Comity source { founding, folder / "" };
    source.on_acknowledged([](std::size_t) { });
    auto const start = std::chrono::steady_clock::now();
    source.connect();
    double most = 0;
    while (source.acknowledged() < count) {
        std::this_thread::sleep_for(std::chrono::milliseconds { 100 });
        most = std::max(most, megabytes());
    }
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
    fmt::print("fact\t{}: messages a second, {} that waited, after a restart\t{:.0f}\n", name,
        count, static_cast<double>(count) / took.count());
    fmt::print("fact\t{}: MB resident at most meanwhile, both nodes\t{:.0f}\n", name, most);
}

} // namespace

/// In the place of the C library's: counts what reaches the disk.
extern "C" int fdatasync(int descriptor)
{
    if (shared) ++shared->syncs;
    return static_cast<int>(syscall(SYS_fdatasync, descriptor));
}

int main(int argc, char** argv)
{
    CLI::App app { "Two nodes of Comity under load" };
    std::string name = "Comity";
    std::size_t senders = 64, waiting = 0;
    double seconds = 10;
    app.add_option("--name", name, "in the rows");
    app.add_option("--senders", senders, "at once");
    app.add_option("--seconds", seconds, "of each run");
    app.add_option("--waiting", waiting, "messages of the backlog; 0: none");
    CLI11_PARSE(app, argc, argv);
    auto* const memory
        = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(memory != MAP_FAILED);
    shared = new (memory) Shared; // NOLINT: placed where both processes see it
    std::vector<exchange::FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
    };
    auto const founding = exchange::found(states, 2, now(), crypto::system_random());
    if (waiting == 0)
        measure(founding, name, senders, seconds);
    else
        drain(founding, name, waiting);
}
