#include "http/explorer.h"
#include "http/health.h"
#include "http/sign_in.h"
#include "http/trial_desk_test.h"

#include "http/target.h"

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <map>

/// Every endpoint called by every role: what is let through and what is refused, written down here
/// a second time and not taken from the table that the program uses.
namespace comity::http {
namespace {

using namespace trial;
using access::Role;

constexpr std::string_view password = "TEST correct horse";

constexpr std::string_view everybody = "duty case liaison centre protection security analyst cycle "
                                       "depositary committee field administrator";
constexpr std::string_view readers = "duty case liaison centre protection";
constexpr std::string_view officers = "duty case liaison centre";

/// Who gets through, by operation. Nothing: open to everybody, without signing in.
std::map<std::string, std::string> const expected {
    { "open_session", "" },
    { "read_session", std::string { everybody } },
    { "close_session", std::string { everybody } },
    { "read_node", std::string { everybody } },
    { "read_health", std::string { everybody } },
    { "read_codes", std::string { everybody } },
    { "list_request_kinds", std::string { everybody } },
    { "list_provisions", std::string { everybody } },
    { "list_parties", std::string { everybody } },
    { "list_articles", std::string { everybody } },
    { "read_article", std::string { everybody } },
    { "list_article_cases", std::string { everybody } },
    { "list_measures", std::string { everybody } },
    { "check_situation", std::string { everybody } },
    { "read_status", std::string { everybody } },
    { "list_inbox", std::string { readers } },
    { "read_case", std::string { readers } },
    { "list_messages", std::string { readers } },
    { "read_message", std::string { readers } },
    { "follow_events", std::string { readers } },
    { "try_decision", std::string { officers } },
    { "send_request", std::string { officers } },
    { "try_call", std::string { officers } },
    { "keep_call", std::string { officers } },
    { "try_notice", std::string { officers } + " analyst" },
    { "send_notice", std::string { officers } + " analyst" },
    { "try_step", "duty case" },
    { "take_step", "duty case" },
    { "list_register", std::string { readers } + " security" },
    { "prove_entry", std::string { readers } + " security" },
};

/// The first word of a role's name.
std::string short_name(Role role)
{
    auto const& word = json::word(role);
    return role == Role::data_protection_officer ? "protection" : word.substr(0, word.find('-'));
}

bool names(std::string_view list, std::string_view name)
{
    return (" " + std::string { list } + " ").find(" " + std::string { name } + " ")
        != std::string::npos;
}

/// Sofia's whole desk behind its router, with an account of every role, and one that is not hers.
struct Desk {
    Sofia sofia;
    access::Access access { *sofia.store, sofia.clock, crypto::system_random(), "BG", { 8192, 1 } };
    Figures figures { .started_at = now, .lines = {}, .requests = {}, .memory_bytes = [] {
                         return 0;
                     } };
    treaty::Commentary commentary = treaty::Commentary::make(law(), {}, {}).take();
    std::vector<Endpoint> endpoints = all_endpoints();
    Router router { access, {}, { "localhost" }, endpoints };

    Desk()
    {
        for (auto const& word : json::words<Role>()) add(*json::from_word<Role>(word), "BG");
        add(Role::case_officer, "RO");
    }
    void add(Role role, std::string const& party)
    {
        auto name = (party == "BG" ? "" : "abroad.") + short_name(role);
        auto const added = access.add_account({ .name = std::move(name),
            .display_name = "TEST",
            .roles = { role },
            .party = party,
            .language = "en",
            .password = std::string { password } });
        MUST(added.ok());
    }
    std::vector<Endpoint> all_endpoints()
    {
        auto out = session_endpoints(access, {});
        auto const take = [&](std::vector<Endpoint> more) {
            for (auto& each : more) out.push_back(std::move(each));
        };
        take(desk_endpoints(sofia.rooms));
        take(health_endpoints(sofia.rooms, figures));
        take(explorer_endpoints(commentary, law(), sofia.clock));
        return out;
    }
    /// Path values that name nothing: who gets through is told so, who does not is refused before.
    Response call(Endpoint const& endpoint, std::string_view name)
    {
        std::string path = endpoint.path;
        while (path.find('{') != path.npos)
            path.replace(path.find('{'), path.find('}') - path.find('{') + 1, "0");
        auto parsed = parse_target(path).take();
        Request request { .method = endpoint.method,
            .path = parsed.path,
            .segments = parsed.segments,
            .headers = { { "host", "localhost" }, { "content-type", "application/json" } },
            .body = to_bytes("{}") };
        if (!name.empty()) {
            auto const opened = access.sign_in(name, password, "127.0.0.1").take();
            MUST(opened.session.has_value());
            request.headers.push_back({ "cookie", "comity=" + opened.token });
            request.headers.push_back({ "x-csrf-token", opened.session->csrf_token });
        }
        return router.serve(std::move(request));
    }
    /// The provision of a refusal to the role; "-" where the guards let it pass.
    std::string provision(Endpoint const& endpoint, std::string_view name)
    {
        auto const response = call(endpoint, name);
        if (response.status != 403) return "-";
        auto const body = json::parse(as_text(response.body)).take();
        auto const& error = body.at("error").as_object();
        MUST(error.at("field") == "role");
        return std::string { error.at("provision").as_string() };
    }
};

} // namespace

TEST(WhoMay, every_role_at_every_endpoint_is_let_through_or_refused_with_its_paragraph)
{
    Desk desk;
    for (auto const& endpoint : desk.endpoints) {
        ASSERT_TRUE(expected.contains(endpoint.operation)) << endpoint.operation;
        auto const& who = expected.at(endpoint.operation);
        if (who.empty()) continue;
        for (auto const& word : json::words<Role>()) {
            auto const name = short_name(*json::from_word<Role>(word));
            std::string wanted = names(who, name) ? "-" : "A31(4)(d)";
            if (who == "duty case" && name == "liaison") wanted = "A9(3)-1";
            if (who == "duty case" && name == "centre") wanted = "A29(4)-2";
            EXPECT_EQ(desk.provision(endpoint, name), wanted)
                << endpoint.operation << " by " << name;
        }
    }
}

TEST(WhoMay, nothing_but_signing_in_is_open_to_somebody_who_is_not)
{
    Desk desk;
    for (auto const& endpoint : desk.endpoints) {
        bool const open = expected.at(endpoint.operation).empty();
        EXPECT_EQ(desk.call(endpoint, "").status, open ? 400 : 401) << endpoint.operation;
    }
}

TEST(WhoMay, an_officer_of_another_Party_gets_the_law_and_no_data_of_the_host)
{
    Desk desk;
    for (auto const& endpoint : desk.endpoints) {
        auto const& who = expected.at(endpoint.operation);
        if (who.empty()) continue;
        EXPECT_EQ(desk.provision(endpoint, "abroad.case"), who == everybody ? "-" : "A31(7)")
            << endpoint.operation;
    }
}

TEST(WhoMay, what_is_written_down_here_is_there)
{
    Desk desk;
    for (auto const& [operation, who] : expected)
        EXPECT_NE(std::ranges::find(desk.endpoints, operation, &Endpoint::operation),
            desk.endpoints.end())
            << operation;
}

} // namespace comity::http
