#pragma once

#include "http/accounts.h"
#include "http/case_access.h"
#include "http/case_files.h"
#include "http/claims.h"
#include "http/directory.h"
#include "http/explorer.h"
#include "http/health.h"
#include "http/openid_routes.h"
#include "http/papers.h"
#include "http/persons.h"
#include "http/proposals.h"
#include "http/registers.h"
#include "http/related.h"
#include "http/rights.h"
#include "http/security.h"
#include "http/shift.h"
#include "http/sign_in.h"
#include "http/statistics.h"
#include "http/target.h"
#include "http/trial_desk_test.h"

#include <boost/json/value.hpp>

/// A whole desk with an account of every role, for tests of who may what.
namespace comity::http::trial {

using access::Role;

constexpr std::string_view password = "TEST correct horse";

/// The first word of a role's name.
inline std::string short_name(Role role)
{
    auto const& word = json::word(role);
    return role == Role::data_protection_officer ? "protection" : word.substr(0, word.find('-'));
}

/// Sofia's whole desk behind its router, with an account of every role, and one that is not hers.
struct WholeDesk {
    Sofia sofia;
    access::Access access { *sofia.store, sofia.clock, crypto::system_random(), "BG", { 8192, 1 } };
    Figures figures { .started_at = now, .lines = {}, .requests = {}, .memory_bytes = [] {
                         return 0;
                     } };
    OpenId openid { {}, {}, sofia.clock, crypto::system_random() };
    treaty::Commentary commentary = treaty::Commentary::make(law(), {}, {}).take();
    casework::Handover handover { *sofia.store, *sofia.vault, sofia.casework,
        { "BG", "NCU Sofia TEST", true, 365 }, sofia.clock };
    casework::Settings settings { "BG", "NCU Sofia TEST", true, 365 };
    casework::Directory directory { *sofia.store, sofia.exchange, sofia.casework, law(), settings,
        sofia.clock };
    paper::CasePapers papers { *sofia.store, *sofia.vault, sofia.casework, settings, sofia.clock };
    casework::Related related { *sofia.store, *sofia.vault, sofia.clock };
    std::vector<Endpoint> endpoints = all_endpoints();
    Router router { access, {}, { "localhost" }, endpoints };

    WholeDesk()
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
        take(account_endpoints(access, "TEST"));
        take(ways_endpoints(access, {}, {}));
        take(openid_endpoints(access, openid, {}));
        take(with_readings_noted(desk_endpoints(sofia.rooms), sofia.rooms, *sofia.vault));
        take(dna_endpoints(sofia.dna_rooms));
        take(dna_run_endpoints(sofia.dna_rooms));
        take(sampling_endpoints(sofia.sampling));
        take(file_endpoints(sofia.casework));
        take(case_access_endpoints(sofia.rooms, access));
        take(proposal_endpoints(sofia.rooms));
        take(rights_endpoints(sofia.rooms, sofia.rights, *sofia.vault, access));
        take(person_endpoints(sofia.persons));
        take(register_endpoints(sofia.rooms, sofia.registers, *sofia.vault));
        take(security_endpoints(sofia.rooms, sofia.security));
        take(claim_endpoints(sofia.claims));
        take(shift_endpoints(access, handover));
        take(statistics_endpoints(sofia.rooms));
        take(related_endpoints(related));
        take(directory_endpoints(sofia.rooms, directory));
        take(paper_endpoints(papers));
        take(health_endpoints(sofia.rooms, figures));
        take(explorer_endpoints(commentary, law(), sofia.clock));
        return out;
    }
    /// What a browser sends for somebody: nobody where the name is empty.
    std::vector<Field> headers_of(std::string_view name)
    {
        std::vector<Field> out { { "host", "localhost" }, { "content-type", "application/json" } };
        if (name.empty()) return out;
        auto const opened = access.sign_in(name, password, "127.0.0.1").take();
        MUST(opened.session.has_value());
        out.push_back({ "cookie", "comity=" + opened.token });
        out.push_back({ "x-csrf-token", opened.session->csrf_token });
        return out;
    }
    Response serve(std::string_view method, std::string_view target, std::vector<Field> headers,
        std::string_view body = "")
    {
        auto parsed = parse_target(target).take();
        return router.serve({ .method = std::string { method },
            .path = parsed.path,
            .segments = parsed.segments,
            .query = parsed.query,
            .headers = std::move(headers),
            .body = to_bytes(body),
            .peer = { .address = "127.0.0.1" } });
    }
    /// Path values that name nothing: who gets through is told so, who does not is refused before.
    static std::string path_of(Endpoint const& endpoint)
    {
        std::string path = endpoint.path;
        while (path.find('{') != path.npos)
            path.replace(path.find('{'), path.find('}') - path.find('{') + 1, "0");
        return path;
    }
    Response call(Endpoint const& endpoint, std::string_view name)
    {
        return serve(endpoint.method, path_of(endpoint), headers_of(name), "{}");
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

} // namespace comity::http::trial
