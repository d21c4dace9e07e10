#pragma once

#include "http/case_files.h"
#include "http/desk.h"
#include "http/dna_runs.h"
#include "http/sampling.h"

#include "base/file.h"
#include "base/scratch.h"
#include "claims/claims.h"
#include "exchange/founding.h"
#include "protection/vault.h"
#include "rights/person.h"
#include "rights/reconciliation.h"
#include "security/security.h"
#include "store/trial_store_test.h"

/// Sofia's rooms behind its routes, for tests of what the desk and its neighbours answer.
namespace comity::http::trial {

inline Instant const now = parse_instant("2026-04-17T09:14:00Z").value();

inline treaty::Law const& law()
{
    static auto const read = [] {
        treaty::Files files;
        for (auto const name : treaty::law_file_names()) {
            auto const bytes = read_file(std::filesystem::path { "data/treaty" } / name).value();
            files.push_back({ std::string { name }, std::string { as_text(bytes) } });
        }
        return treaty::read_law(files, [](std::string_view text) {
            return to_hex(crypto::sha256(as_view(text)));
        }).take();
    }();
    return read;
}

inline exchange::Founding const& founding()
{
    static std::vector<exchange::FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
    };
    static auto const made = exchange::found(states, 2, now, crypto::system_random());
    return made;
}

inline std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out;
    for (auto const room : { access::migrations, ledger::migrations, exchange::migrations,
             protection::migrations, casework::migrations, identification::migrations,
             rights::migrations, security::migrations, claims::migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

inline search::dna::Knowledge const& knowledge()
{
    static auto const read = search::dna::Knowledge::read("data/dna").take();
    return read;
}

inline identification::Terms const& terms()
{
    static auto const read = identification::Terms::read("data/dna").take();
    return read;
}

inline std::vector<Endpoint> all_of(std::vector<Endpoint> some, std::vector<Endpoint> more)
{
    for (auto& each : more) some.push_back(std::move(each));
    return some;
}

/// Sofia's rooms behind its routes, without a socket.
struct Sofia {
    exchange::StateKeys const& keys = founding().states[0];
    Clock clock = [] { return now; };
    ScratchFolder folder;
    std::unique_ptr<store::Store> store = store::Store::open(
        store::trial::address(folder / "db"), all_migrations(), store::Writer::caller)
                                              .take();
    std::unique_ptr<ledger::Ledger> ledger
        = ledger::Ledger::open(*store, keys.register_log, keys.register_key).take();
    exchange::Exchange exchange { *store, *ledger, founding().trust(now),
        { keys.of.state, keys.of.unit, keys.seal, keys.sealing }, clock, crypto::system_random() };
    std::unique_ptr<protection::Vault> vault = protection::Vault::open(*store, *ledger,
        { { folder / "vault.key", {} }, "BG", "Europe/Sofia" }, crypto::Key256 { 7 }, clock,
        crypto::system_random())
                                                   .take();
    casework::Casework casework { *store, *ledger, exchange, *vault, law(),
        { "BG", "NCU Sofia TEST", true, 365 }, clock };
    access::Access access { *store, clock, crypto::system_random(), "BG" };
    exchange::Courier courier { exchange, {}, clock, crypto::system_random(),
        [](std::string const&, exchange::PeerStatus const&) { } };
    std::unique_ptr<identification::ProfileDatabase> profiles
        = identification::ProfileDatabase::open(*store, *vault, knowledge(), { "BG", 0.01 }).take();
    identification::Identification identification { { *store, exchange, casework, *vault, law(),
                                                        *profiles, terms() },
        { "BG", "NCU Sofia TEST", true }, clock, crypto::system_random() };
    identification::FirstConnection runs { { *store, exchange, casework, *vault, law(), *profiles,
                                               terms() },
        { "BG", "NCU Sofia TEST", true }, clock, crypto::system_random() };
    identification::Sampling sampling { { *store, exchange, casework, *vault, law(), *profiles,
                                            terms() },
        { "BG", "NCU Sofia TEST", true }, clock, crypto::system_random() };
    rights::Rights rights { { *store, exchange, casework, *vault, law() },
        { { "BG", "NCU Sofia TEST", true, 365 } }, clock };
    rights::PersonRequests persons { { *store, exchange, casework, *vault, law() }, rights, {},
        { { "BG", "NCU Sofia TEST", true, 365 } }, clock };
    security::Security security { { *store, exchange, casework, *vault, law() },
        { { "BG", "NCU Sofia TEST", true, 365 } }, clock };
    rights::Reconciliation registers { { *store, *ledger, exchange }, "BG", "Europe/Sofia", clock };
    claims::Claims claims { { *store, exchange, casework, *vault, law() },
        { { "BG", "NCU Sofia TEST", true, 365 } }, clock };
    EventHub events { 1 };
    DeskRooms rooms { *store, *ledger, exchange, courier, casework, law(), events, clock,
        { "BG", "NCU Sofia TEST", "Sofia", "Europe/Sofia", "test", true } };
    identification::FileAudit audits { *profiles };
    DnaRooms dna_rooms { identification, runs, *profiles, terms(), clock, "BG", audits };
    std::vector<Endpoint> endpoints
        = all_of(all_of(desk_endpoints(rooms), dna_endpoints(dna_rooms)),
            all_of(sampling_endpoints(sampling), file_endpoints(casework)));
    access::Session session { { "id", "officer", "Duty officer TEST",
                                  { access::Role::duty_officer }, "BG", "en" },
        "", now };

    /// Calls an operation as the router does once its guards have let it pass.
    Result<json::Value> call(std::string_view operation, Request const& request)
    {
        for (auto const& endpoint : endpoints)
            if (endpoint.operation == operation) {
                auto const response = endpoint.handle(request, &session);
                if (!response.ok()) return response.error();
                status = response.value().status;
                return json::parse(as_text(response.value().body));
            }
        return Error { Error::Kind::not_found, "no such operation" };
    }
    static Request with(std::string_view body)
    {
        Request request;
        request.headers.push_back({ "content-type", "application/json" });
        request.body = to_bytes(body);
        return request;
    }
    static Request at(std::string_view name, std::string_view value)
    {
        Request request;
        request.path_values.push_back({ std::string { name }, std::string { value } });
        return request;
    }
    int status = 0;
};

} // namespace comity::http::trial
