#include "main/commands.h"
#include "main/node.h"

#include <csignal>
#include <fmt/format.h>

#include <ostream>

namespace comity::main {

Result<ExitCode> run_node(Config const& config, std::ostream& out)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    // Before any thread starts, so that none of them takes the signal.
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    auto const node = TRY(Node::start(config));
    out << fmt::format("READY {} desk {}://{}:{} peers {}:{}\n", config.party,
        config.desk_over_tls ? "https" : "http", config.desk.host, node->desk_port(),
        config.peers.host, node->peers_port())
        << std::flush;
    int received = 0;
    sigwait(&ends, &received);
    out << fmt::format("{} stops\n", config.party) << std::flush;
    return 0;
}

} // namespace comity::main
