<?php
// Asks the service whether a picture will work as a talking portrait: LPD_API_KEY=… php check.php http://127.0.0.1:8080 photo.jpg

if ($argc !== 3 || !getenv('LPD_API_KEY')) {
    echo "usage: LPD_API_KEY=<key> php check.php <address of the service> <picture>\n";
    exit(2);
}
$picture = is_file($argv[2]) ? file_get_contents($argv[2]) : false;
if ($picture === false) {
    echo $argv[2], " cannot be read\n";
    exit(2);
}

$reason = '';
$call = curl_init($argv[1] . '/v1/inspect');
curl_setopt_array($call, [
    CURLOPT_POST => true,
    CURLOPT_POSTFIELDS => $picture,
    CURLOPT_HTTPHEADER => [
        'Authorization: Bearer ' . getenv('LPD_API_KEY'),
        'Content-Type: application/octet-stream',
    ],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
    CURLOPT_HEADERFUNCTION => function ($call, $line) use (&$reason) {
        if (stripos($line, 'x-reason:') === 0) {
            $reason = trim(substr($line, 9));
        }
        return strlen($line);
    },
]);
$body = curl_exec($call);
$verdict = $body === false ? null : json_decode($body, true);
if (curl_getinfo($call, CURLINFO_RESPONSE_CODE) !== 200 || !isset($verdict['pass'], $verdict['checks'])) {
    echo $reason, ' ', $verdict['message'] ?? (curl_error($call) ?: 'not an answer of the service'), "\n";
    exit(2);
}

echo $verdict['reason'] ?? 'pass', "\n";
foreach ($verdict['checks'] as $check) {
    if ($check['status'] === 'fail') {
        echo $check['advice'], "\n";
    }
}
exit($verdict['pass'] ? 0 : 1);
