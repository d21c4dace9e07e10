#pragma once

#include "bench/exchange/load.h"

#include "base/scratch.h"
#include "crypto/cms.h"
#include "exchange/tls_stream.h"

#include <filesystem>

namespace comity::bench {

/// Another program, ended with the object.
class Program {
public:
    /// `user`: who it runs as where we are root; empty: as ourselves. Its output goes to `log`.
    Program(std::vector<std::string> const& words, std::filesystem::path const& log,
        std::string const& user = {});
    ~Program();
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;
    pid_t pid() const { return pid_; }
    /// MUST: within a minute somebody listens there.
    void wait_for(std::uint16_t port) const;

private:
    pid_t pid_;
};

/// Runs to its end. MUST: it succeeds.
void run_program(std::vector<std::string> const& words, std::string const& user = {});

/// One that nobody listens on just now.
std::uint16_t free_port();

/// A peer's certificates, as Comity's are: P-256 under a root of P-384. The files ca.pem,
/// server.pem, server.key, client.pem and client.key; the client is named `comity`.
struct Credentials {
    std::filesystem::path folder;
    crypto::Identity server, client;
    std::string authority_pem;

    explicit Credentials(std::filesystem::path const& where);
    /// Where our side connects to.
    exchange::PipeEnd end(std::uint16_t port) const;
};

/// Until the first of these instants at which a peer takes more than its share.
constexpr std::chrono::seconds peer_answer_max { 60 };

inline exchange::Deadline answer_deadline()
{
    return std::chrono::steady_clock::now() + peer_answer_max;
}

/// The number of a message stands in the first eight bytes of its payload.
std::size_t number_in(ByteView payload);

/// What brings messages on in groups, as Comity's batches are.
constexpr std::size_t relayed_together_max = 64;

} // namespace comity::bench
