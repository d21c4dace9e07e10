#include "search/dna/xml.h"

#include <expat.h>
#include <fmt/format.h>

#include <memory>
#include <optional>

namespace comity::search::dna {
namespace {

struct Reading {
    XML_Parser parser;
    XmlElement root;
    std::vector<XmlElement*> open {};
    std::size_t elements = 0;
    std::optional<Error> error {};

    void stop(Error::Kind kind, std::string_view what)
    {
        if (error) return;
        auto place = fmt::format("line {}", XML_GetCurrentLineNumber(parser));
        error = Error { kind, fmt::format("{}: {}", place, what), place };
        XML_StopParser(parser, XML_FALSE);
    }

    void start(char const* name, char const** attributes)
    {
        if (++elements > xml_elements_max)
            return stop(Error::Kind::too_large,
                fmt::format("more than the limit of {} elements", xml_elements_max));
        if (open.size() == xml_depth_max)
            return stop(Error::Kind::too_large,
                fmt::format("elements lie deeper than the limit of {}", xml_depth_max));
        auto& into = open.empty() ? root : open.back()->children.emplace_back();
        std::string_view const whole { name };
        into.name
            = whole.substr(whole.rfind(':') == std::string_view::npos ? 0 : whole.rfind(':') + 1);
        into.line = XML_GetCurrentLineNumber(parser);
        for (; *attributes != nullptr; attributes += 2) {
            if (std::string_view { attributes[1] }.size() > xml_text_bytes_max) return long_text();
            into.attributes.emplace_back(attributes[0], attributes[1]);
        }
        open.push_back(&into);
    }

    void end()
    {
        auto& text = open.back()->text;
        auto const first = text.find_first_not_of(" \t\r\n");
        auto const last = text.find_last_not_of(" \t\r\n");
        text = first == std::string::npos ? "" : text.substr(first, last - first + 1);
        open.pop_back();
    }

    void characters(std::string_view text)
    {
        if (open.empty() || error) return;
        // White space between elements is no text.
        auto& into = open.back()->text;
        if (into.empty() && text.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
        into += text;
        if (into.size() > xml_text_bytes_max) long_text();
    }

    void long_text()
    {
        stop(Error::Kind::too_large,
            fmt::format("a text longer than the limit of {} bytes", xml_text_bytes_max));
    }
};

Reading& of(void* data)
{
    return *static_cast<Reading*>(data);
}

void XMLCALL on_start(void* data, XML_Char const* name, XML_Char const** attributes)
{
    of(data).start(name, attributes);
}

void XMLCALL on_end(void* data, XML_Char const*)
{
    of(data).end();
}

void XMLCALL on_text(void* data, XML_Char const* text, int size)
{
    of(data).characters({ text, static_cast<std::size_t>(size) });
}

void XMLCALL on_document_type(void* data, XML_Char const*, XML_Char const*, XML_Char const*, int)
{
    of(data).stop(Error::Kind::malformed, "a document type is not read, nor what it would declare");
}

struct FreeParser {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

} // namespace

XmlElement const* XmlElement::child(std::string_view wanted) const
{
    for (auto const& each : children)
        if (each.name == wanted) return &each;
    return nullptr;
}

std::string_view XmlElement::child_text(std::string_view wanted) const
{
    auto const* found = child(wanted);
    return found == nullptr ? std::string_view {} : found->text;
}

std::string_view XmlElement::attribute(std::string_view wanted) const
{
    for (auto const& [key, value] : attributes)
        if (key == wanted) return value;
    return {};
}

Result<XmlElement> read_xml(std::string_view text)
{
    if (text.size() > xml_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} bytes of XML, the limit is {}", text.size(), xml_bytes_max) };
    std::unique_ptr<XML_ParserStruct, FreeParser> const parser { XML_ParserCreate(nullptr) };
    Reading reading { parser.get(), {} };
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
    auto const status
        = XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
    if (status != XML_STATUS_OK)
        reading.stop(Error::Kind::malformed, XML_ErrorString(XML_GetErrorCode(parser.get())));
    if (reading.error) return *reading.error;
    return std::move(reading.root);
}

std::string xml_escaped(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

} // namespace comity::search::dna
