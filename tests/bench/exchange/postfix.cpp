// A pair of Postfix instances: the source keeps a message in its queue and brings it over mutual
// TLS 1.3 to the destination, which syncs it into its own (and holds it there); the source's log
// says when it was taken. That word is not kept at the source, so Postfix does a little less.
#include "bench/exchange/peer.h"

#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>
#include <unordered_map>

using namespace comity;

namespace {

constexpr std::string_view services = R"(
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
)";

/// One instance with its own folders.
struct Instance {
    std::uint16_t port = bench::free_port();
    std::filesystem::path folder;

    Instance(bench::Credentials const& keys, std::string const& name, std::string const& more)
        : folder(keys.folder / name)
    {
        for (auto const* each : { "", "queue", "data" })
            std::filesystem::create_directories(folder / each);
        std::filesystem::permissions(folder,
            std::filesystem::perms::owner_all | std::filesystem::perms::others_read
                | std::filesystem::perms::others_exec);
        bench::run_program({ "chown", "postfix", folder / "data" });
        auto const file = [&](char const* which) { return (keys.folder / which).string(); };
        std::ofstream { folder / "main.cf" }
            << "compatibility_level = 3.6\nqueue_directory = " << (folder / "queue").string()
            << "\ndata_directory = " << (folder / "data").string()
            << "\nmaillog_file_prefixes = " << folder.string()
            << "\nmaillog_file = " << (folder / "log").string()
            << "\nmulti_instance_name = postfix-" << name
            << "\nmyhostname = localhost\nmydestination =\nalias_maps =\nalias_database =\n"
            << "mynetworks = 127.0.0.0/8\ninet_protocols = ipv4\nsmtputf8_enable = no\n"
            << "smtpd_recipient_restrictions = permit_mynetworks, reject\n"
            << "smtpd_client_connection_count_limit = 0\nsmtpd_tls_CAfile = " << file("ca.pem")
            << "\nsmtpd_tls_cert_file = " << file("server.pem")
            << "\nsmtpd_tls_key_file = " << file("server.key")
            << "\nsmtp_tls_CAfile = " << file("ca.pem")
            << "\nsmtp_tls_cert_file = " << file("client.pem")
            << "\nsmtp_tls_key_file = " << file("client.key")
            << "\nsmtp_tls_mandatory_protocols = >=TLSv1.3\n"
            << "smtpd_tls_mandatory_protocols = >=TLSv1.3\n"
            << more;
        std::ofstream { folder / "master.cf" } << "127.0.0.1:" << port << " inet n - n - - smtpd"
                                               << services;
        bench::run_program({ "postfix", "-c", folder, "start" });
    }
    ~Instance() { bench::run_program({ "postfix", "-c", folder, "abort" }); }
    Instance(Instance const&) = delete;
    Instance& operator=(Instance const&) = delete;
    pid_t master() const
    {
        pid_t out = 0;
        std::ifstream { folder / "queue" / "pid" / "master.pid" } >> out;
        return out;
    }
};

/// A program that hands mail in, on the same host.
class Submitter {
public:
    explicit Submitter(std::uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in to {};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto const* address = reinterpret_cast<sockaddr const*>(&to); // NOLINT
        MUST(connect(socket_.number(), address, sizeof to) == 0);
        answer();
        ask("EHLO localhost\r\n");
    }
    /// The name that the queue gave it.
    std::string submit(std::string const& body)
    {
        ask("MAIL FROM:<a@test.invalid>\r\n");
        ask("RCPT TO:<b@test.invalid>\r\n");
        ask("DATA\r\n");
        auto const said = ask("Subject: TEST\r\n\r\n" + body + "\r\n.\r\n");
        auto const at = said.find("queued as ");
        MUST(at != said.npos);
        auto const name = said.substr(at + 10);
        return name.substr(0, name.find_first_of("\r\n"));
    }

private:
    std::string ask(std::string const& text)
    {
        for (std::size_t sent = 0; sent < text.size();) {
            auto const count
                = ::send(socket_.number(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            MUST(count > 0);
            sent += static_cast<std::size_t>(count);
        }
        return answer();
    }
    std::string answer()
    {
        std::string said;
        for (;;) {
            std::array<char, 4096> some {};
            auto const count = ::recv(socket_.number(), some.data(), some.size(), 0);
            MUST(count > 0);
            said.append(some.data(), static_cast<std::size_t>(count));
            auto const line = said.rfind('\n', said.size() - 2);
            auto const last = said.substr(line == said.npos ? 0 : line + 1);
            if (said.back() != '\n' || last.size() < 4 || last[3] == '-') continue;
            MUST(last[0] == '2' || last[0] == '3');
            return said;
        }
    }

    exchange::Descriptor socket_;
};

class Postfix final : public bench::Carrier {
public:
    explicit Postfix(std::filesystem::path const& folder)
        : keys_(folder)
        , destination_(keys_, "destination",
              "smtpd_tls_security_level = encrypt\nsmtpd_tls_req_ccert = yes\n"
              "smtpd_data_restrictions = check_client_access static:HOLD\n")
        , source_(keys_, "source",
              fmt::format("relayhost = [127.0.0.1]:{}\nsmtp_tls_security_level = encrypt\n"
                          "smtp_tls_connection_reuse = no\ndefault_process_limit = 100\n"
                          "smtp_destination_concurrency_limit = 50\n",
                  destination_.port))
        , watch_([this](std::stop_token const& stop) { watch(stop); })
    {
    }
    void send(std::size_t number, Bytes const& payload) override
    {
        constexpr std::size_t line_characters = 76;
        auto const text = to_base64(payload);
        std::string body;
        for (std::size_t at = 0; at < text.size(); at += line_characters)
            body += text.substr(at, line_characters) + "\r\n";
        auto submitter = idle();
        auto const name = submitter->submit(body);
        {
            std::scoped_lock const hold { mutex_ };
            idle_.push_back(std::move(submitter));
            if (!taken_.contains(name)) {
                numbers_.emplace(name, number);
                return;
            }
            taken_.erase(name);
        }
        acknowledge(number);
    }
    std::vector<pid_t> processes() const override
    {
        return { source_.master(), destination_.master() };
    }

private:
    std::unique_ptr<Submitter> idle()
    {
        {
            std::scoped_lock const hold { mutex_ };
            if (!idle_.empty()) {
                auto out = std::move(idle_.back());
                idle_.pop_back();
                return out;
            }
        }
        return std::make_unique<Submitter>(source_.port);
    }
    /// "... postfix/smtp[123]: 4XyZ...: to=<...>, ..., status=sent (250 ...)"
    void note(std::string const& line)
    {
        if (line.find("status=sent") == line.npos) return;
        auto const start = line.find("]: ");
        auto const end = line.find(": to=");
        if (start == line.npos || end == line.npos) return;
        auto const name = line.substr(start + 3, end - start - 3);
        std::size_t number = 0;
        {
            std::scoped_lock const hold { mutex_ };
            auto const found = numbers_.find(name);
            if (found == numbers_.end()) {
                taken_.emplace(name, 0);
                return;
            }
            number = found->second;
            numbers_.erase(found);
        }
        acknowledge(number);
    }
    void watch(std::stop_token const& stop)
    {
        std::ifstream log { source_.folder / "log" };
        std::string line;
        while (!stop.stop_requested()) {
            auto const at = log.tellg();
            if (std::getline(log, line) && !log.eof()) {
                note(line);
                continue;
            }
            log.clear();
            log.seekg(at);
            std::this_thread::sleep_for(std::chrono::milliseconds { 1 });
        }
    }

    bench::Credentials keys_;
    Instance destination_, source_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Submitter>> idle_;
    std::unordered_map<std::string, std::size_t> numbers_, taken_;
    std::jthread watch_;
};

} // namespace

int main(int argc, char** argv)
{
    CLI::App app { "A pair of Postfix instances under load" };
    std::string name = "Postfix pair";
    std::size_t senders = 64;
    double seconds = 10;
    app.add_option("--name", name, "in the row");
    app.add_option("--senders", senders, "at once");
    app.add_option("--seconds", seconds, "of each run");
    CLI11_PARSE(app, argc, argv);
    if (geteuid() != 0) {
        std::cerr << "Postfix starts as root alone\n";
        return 1;
    }
    ScratchFolder const folder;
    std::filesystem::permissions(folder.path(),
        std::filesystem::perms::owner_all | std::filesystem::perms::others_read
            | std::filesystem::perms::others_exec);
    Postfix carrier { folder / "" };
    bench::measure(carrier, name, senders, seconds);
}
